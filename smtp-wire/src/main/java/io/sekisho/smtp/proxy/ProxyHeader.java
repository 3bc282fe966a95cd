package io.sekisho.smtp.proxy;

import io.sekisho.mail.address.IpAddress;

/** What a balancer said before the client's first octet. */
public sealed interface ProxyHeader {

    /** The connection is this client's. */
    record Forwarded(IpAddress client) implements ProxyHeader {}

    /**
     * The balancer does not say whose it is: its own health check (LOCAL in version 2), or a client without an IP address
     * (UNKNOWN in version 1, AF_UNSPEC and AF_UNIX in version 2).
     */
    record Unnamed() implements ProxyHeader {}

    /**
     * No header: the connection must be dropped without a word.
     *
     * @param reason for the log
     */
    record Malformed(String reason) implements ProxyHeader {}
}
