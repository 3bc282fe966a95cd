package io.sekisho.smtp.tls;

import java.util.List;

/** What the judge finds of a certificate chain. */
public sealed interface CertificateVerdict {

    /**
     * The chain leads to a trusted authority and the certificate carries a wanted name.
     *
     * @param name the one of the certificate that matched
     */
    record Trusted(String name) implements CertificateVerdict {}

    /**
     * The certificate does not authenticate its peer.
     *
     * @param detail a phrase for replies, reports and events: dates, authority or names
     * @param presentedNames the DNS names of the certificate
     */
    record Untrusted(Reason reason, String detail, List<String> presentedNames) implements CertificateVerdict {
        public Untrusted {
            presentedNames = List.copyOf(presentedNames);
        }
    }

    /** Why. */
    enum Reason {
        NO_CERTIFICATE,
        EXPIRED,
        NOT_YET_VALID,
        SELF_SIGNED,
        UNKNOWN_AUTHORITY,
        NAME_MISMATCH,
        /** The extended key usage does not allow it, or a constraint of the chain is broken. */
        WRONG_USAGE,
        /** A key or signature too weak to prove anything. */
        WEAK_ALGORITHM,
        REVOKED,
        /** Any other fault of the path; the detail says which. */
        INVALID
    }
}
