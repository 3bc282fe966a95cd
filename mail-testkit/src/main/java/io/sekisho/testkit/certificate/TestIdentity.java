package io.sekisho.testkit.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A private key and its certificate chain, the leaf first, the root left out.
 *
 * @param key the leaf's key
 * @param chain at least the leaf
 */
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final char[] NO_PASSWORD = {};

    /** Paths of an identity's PEM files. */
    public record PemFiles(Path certificate, Path key) {}

    public TestIdentity {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** SHA-256 of the leaf's DER form, lower-case hexadecimal. */
    public String sha256() {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(certificate().getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The chain as PEM, the leaf first. */
    public String certificatePem() {
        return chain.stream().map(TestIdentity::pem).collect(Collectors.joining());
    }

    /** The key as PKCS #8 PEM, not encrypted. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Writes {@code NAME.crt} and {@code NAME.key}. */
    public PemFiles writeTo(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            return new PemFiles(
                    Files.writeString(directory.resolve(name + ".crt"), certificatePem()),
                    Files.writeString(directory.resolve(name + ".key"), keyPem()));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the PEM files of " + name + " to " + directory, failed);
        }
    }

    /** For a JDK {@code SSLContext}. */
    public KeyManager[] keyManagers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("identity", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + encoder.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
