package io.sekisho.mail.policy;

/**
 * A mail server behind the gateway.
 *
 * @param host a host name or an address literal without brackets
 * @param port 1 to 65535
 * @param preference lower is tried first, as with MX (RFC 5321 §5.1)
 */
public record NextHop(String host, int port, int preference) {}
