package io.sekisho.mail.policy;

/** What a session can be asked to fulfil; a requirement is a set of these with a minimum version. */
public enum Check {
    /** The session is TLS, of at least the minimum version. */
    TLS,
    /** The certificate chains to a trusted CA and carries the names that the rules ask for. */
    PKIX,
    /** The certificate matches a DNSSEC-validated TLSA record (RFC 7672). */
    TLSA
}
