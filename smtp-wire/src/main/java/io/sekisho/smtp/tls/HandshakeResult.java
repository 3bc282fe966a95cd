package io.sekisho.smtp.tls;

/** How an attempt to start TLS ended. */
public sealed interface HandshakeResult {

    /** TLS is on; what was before is to be forgotten (RFC 3207 §4.2). */
    record Established(TlsSession session) implements HandshakeResult {}

    /**
     * TLS is not on, and the connection is of no more use.
     *
     * @param detail a phrase for logs, events and reports; the other side's words are in it, without control characters
     */
    record Failed(HandshakeFailure failure, String detail) implements HandshakeResult {}
}
