package io.sekisho.mail.policy;

/** A name for a set of checks; see the table of levels in {@code docs/specifications.md}. */
public enum SecurityLevel {
    /** Plain text only, for a peer whose TLS is broken; outbound. */
    NEVER,
    /** 透過的: TLS where it can be used, plain text where it cannot. */
    OPPORTUNISTIC,
    /** 必須: TLS or nothing; the certificate is not judged. */
    MANDATORY,
    /** MANDATORY, and a certificate of a trusted CA that names the peer. */
    VERIFIED,
    /** MANDATORY, and a DNSSEC-validated TLSA match (RFC 7672); outbound. */
    DANE;

    public boolean requiresTls() {
        return compareTo(MANDATORY) >= 0;
    }
}
