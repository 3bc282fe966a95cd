package io.sekisho.testkit.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;

/**
 * A certificate authority that lives as long as a test run: a root, or an intermediate under one. Thread safe.
 */
public final class TestAuthority {

    private final X509Certificate certificate;
    private final KeyPair keys;
    private final KeyKind kind;
    // This authority and those above it, the root left out: what a server sends behind its leaf.
    private final List<X509Certificate> issuers;

    private TestAuthority(X509Certificate certificate, KeyPair keys, KeyKind kind, List<X509Certificate> issuers) {
        this.certificate = certificate;
        this.keys = keys;
        this.kind = kind;
        this.issuers = issuers;
    }

    static TestAuthority root(String name, KeyKind kind) {
        KeyPair keys = kind.generate();
        X509Certificate certificate =
                CertificateBuilder.authority(name, keys.getPublic(), name, keys.getPrivate(), kind);
        return new TestAuthority(certificate, keys, kind, List.of());
    }

    /** An authority whose certificate this one signs. */
    public TestAuthority intermediate(String name) {
        KeyPair subject = kind.generate();
        X509Certificate signed =
                CertificateBuilder.authority(name, subject.getPublic(), commonName(), keys.getPrivate(), kind);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(signed);
        chain.addAll(issuers);
        return new TestAuthority(signed, subject, kind, List.copyOf(chain));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String certificatePem() {
        return TestIdentity.pem(certificate);
    }

    /** Writes the certificate as {@code NAME.crt} and returns the path. */
    public Path writeTo(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(name + ".crt"), certificatePem());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write the certificate of " + name + " to " + directory, failed);
        }
    }

    /** An EC certificate for these names, valid now. */
    public TestIdentity issue(String... dnsNames) {
        return issue(LeafRequest.named(dnsNames));
    }

    public TestIdentity issue(LeafRequest request) {
        KeyPair subject = request.keyKind().generate();
        X509Certificate leaf =
                CertificateBuilder.leaf(request, subject.getPublic(), commonName(), keys.getPrivate(), kind);
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(leaf);
        chain.addAll(issuers);
        return new TestIdentity(subject.getPrivate(), chain);
    }

    /** Trust managers of a peer that trusts this authority alone, for a JDK {@code SSLContext}. */
    public TrustManager[] trustManagers() {
        try {
            return TrustManagers.of(certificate);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String commonName() {
        return CertificateBuilder.commonName(certificate);
    }
}
