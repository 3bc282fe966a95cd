package io.sekisho.egress.route;

import io.sekisho.mail.address.IpAddress;

/**
 * One address of one host, to be connected to.
 *
 * @param host name, or an address where the route has no name
 * @param port 1 to 65535
 */
public record Destination(String host, IpAddress address, int port, NameSource source) {

    /** From where the host's name is known. */
    public enum NameSource {
        /** The operator or the administrator wrote it: nobody else could. */
        CONFIGURATION,
        /** An MX record, that anybody between us and the domain's servers may have forged without DNSSEC. */
        DNS
    }

    /** Whether the route names an address, so that there is no name to present or to verify. */
    public boolean isAddressLiteral() {
        return host.equals(address.toString());
    }

    public boolean isConfigured() {
        return source == NameSource.CONFIGURATION;
    }

    /** {@code mx.example.com[192.0.2.1]:25}, as logs and people read it. */
    @Override
    public String toString() {
        return host + "[" + address + "]:" + port;
    }
}
