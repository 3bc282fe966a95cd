package io.sekisho.ingress.sender;

import io.sekisho.mail.address.IpAddress;
import java.net.InetSocketAddress;

/** A DNS server as it stands in the configuration. */
public final class DnsServer {

    private static final int PORT = 53;

    private DnsServer() {}

    /**
     * Reads {@code address} or {@code address:port}, an IPv6 address with a port in brackets.
     *
     * @throws IllegalArgumentException if it is neither; a name would need DNS to be found
     */
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        IpAddress address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return new InetSocketAddress(
                address.toInetAddress(), hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT);
    }
}
