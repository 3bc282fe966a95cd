package io.sekisho.smtp.tls;

/** The step at which a handshake failed. */
public enum HandshakeFailure {
    /** The two sides have no protocol version in common. */
    VERSION_REFUSED("no common TLS version"),
    /** The two sides have no cipher suite, group or signature algorithm in common. */
    NO_SHARED_CIPHER("no common cipher suite or key-exchange group"),
    /** The other side sent something that is not TLS. */
    NOT_TLS("the other side does not speak TLS"),
    /** The other side closed or reset the connection. */
    CLOSED("the connection was closed during the handshake"),
    TIMED_OUT("the handshake took too long"),
    /** The other side ended the handshake with an alert; the detail names it. */
    ALERT("the other side refused the handshake"),
    /** Plain text came behind STARTTLS or behind its 220 (CVE-2011-0411). */
    PLAINTEXT_INJECTED("plain text was injected before the handshake"),
    /** Anything else; the detail says what. */
    OTHER("the handshake failed");

    private final String phrase;

    HandshakeFailure(String phrase) {
        this.phrase = phrase;
    }

    /** What it means, for people. */
    public String phrase() {
        return phrase;
    }
}
