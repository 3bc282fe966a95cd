package io.sekisho.smtp.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key and its certificate chain, our own.
 *
 * @param chain our certificate first, then its issuers
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certificate chain has at least one certificate");
        }
        KeyPairCheck.require(key, chain.getFirst());
    }

    /**
     * Reads PEM files.
     *
     * @param certificate our certificate, then its issuers
     * @param key PKCS #8, not encrypted
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static TlsIdentity ofPem(Path certificate, Path key) {
        List<X509Certificate> chain = readCertificates(certificate);
        return new TlsIdentity(readKey(key, chain.getFirst().getPublicKey().getAlgorithm()), chain);
    }

    /** Reads every certificate of a PEM file, at least one. */
    static List<X509Certificate> readCertificates(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate; PEM is expected");
            }
            return certificates;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the certificate file " + file + " cannot be read: " + unreadable, unreadable);
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException(file + " is not a PEM file of certificates", malformed);
        }
    }

    private static PrivateKey readKey(Path file, String algorithm) {
        try {
            Matcher pem = PKCS8.matcher(Files.readString(file));
            if (!pem.find()) {
                throw new IllegalArgumentException(file + " holds no PKCS #8 key (BEGIN PRIVATE KEY); convert it with: "
                        + "openssl pkcs8 -topk8 -nodes -in OLD -out NEW");
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the key file " + file + " cannot be read: " + unreadable, unreadable);
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException(
                    file + " does not hold a key of its certificate's kind, " + algorithm, malformed);
        }
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    String subject() {
        return chain.getFirst().getSubjectX500Principal().getName();
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + subject() + "]";
    }
}
