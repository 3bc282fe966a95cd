package io.sekisho.policyclient.match;

import io.sekisho.mail.policy.RequiredNames;
import java.util.Optional;

/** The judgement of a certificate, made after the handshake and only where a requirement asks for it. */
@FunctionalInterface
public interface CertificateCheck {

    /** The other side showed no certificate. */
    CertificateCheck NONE_PRESENTED = names -> Optional.of("no certificate was presented");

    /**
     * What is wrong with the certificate, for one rule's names.
     *
     * @return empty where it chains to a trusted CA and carries one of the names; else the reason
     */
    Optional<String> faultFor(RequiredNames names);
}
