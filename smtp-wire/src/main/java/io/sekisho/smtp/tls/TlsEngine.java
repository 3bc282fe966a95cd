package io.sekisho.smtp.tls;

/** Which library shakes hands with clients. */
public enum TlsEngine {
    /** TLSv1 to TLSv1.3, X25519MLKEM768. */
    BORINGSSL,
    /**
     * The JDK's, which alone still has SSLv3 (RFC 7568 forbids it): for a process that serves peers which have nothing newer. Needs
     * {@link LegacyProtocols#permit}.
     */
    JDK_LEGACY
}
