package io.sekisho.egress.brokentls;

import io.sekisho.egress.route.Destination;
import java.util.Locale;

/**
 * Whose TLS it is: a host behind one of its addresses, since of several machines of one name a single one may be broken.
 *
 * @param host as the route names it, in lower case
 * @param address as text
 */
public record TlsPeer(String host, String address, int port) {

    public TlsPeer {
        host = host.toLowerCase(Locale.ROOT);
    }

    /** The peer at a destination. */
    public static TlsPeer at(Destination destination) {
        return new TlsPeer(destination.host(), destination.address().toString(), destination.port());
    }

    /** {@code host|address|port}: what stands in Redis. */
    String key() {
        return host + "|" + address + "|" + port;
    }

    static TlsPeer ofKey(String key) {
        // From the end: a name out of DNS may hold anything.
        int port = key.lastIndexOf('|');
        int address = key.lastIndexOf('|', port - 1);
        return new TlsPeer(
                key.substring(0, address), key.substring(address + 1, port), Integer.parseInt(key.substring(port + 1)));
    }

    /** {@code mx.example.com[192.0.2.1]:25}. */
    @Override
    public String toString() {
        return host + "[" + address + "]:" + port;
    }
}
