package io.sekisho.smtp.tls;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.CertificateFacts;
import io.sekisho.mail.tls.TlsFacts;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What a handshake established. The chain has been proved to belong to the peer's key, and has not been judged.
 *
 * @param cipher by its IANA name
 * @param group of the key exchange; empty for RSA key transport and where a session was resumed below TLS 1.3
 * @param peerChain the other side's certificates as sent, its own first; empty if it sent none
 */
public record TlsSession(TlsVersion version, String cipher, Optional<String> group, List<X509Certificate> peerChain) {

    public TlsSession {
        peerChain = List.copyOf(peerChain);
    }

    /** What the event says of this session. */
    public TlsFacts facts() {
        return new TlsFacts(
                version.label(),
                Optional.of(cipher),
                group,
                peerChain.stream().findFirst().map(TlsSession::facts));
    }

    private static CertificateFacts facts(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new CertificateFacts(
                    CertificateNames.cut(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)),
                    CertificateNames.cut(certificate.getIssuerX500Principal().getName(X500Principal.RFC2253)),
                    HexFormat.of().formatHex(digest),
                    certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException impossible) {
            // The certificate was parsed from its encoding, and every JDK has SHA-256.
            throw new IllegalStateException(impossible);
        }
    }
}
