package io.sekisho.testkit.certificate;

import java.security.KeyPair;
import java.util.List;

/** Where tests get authorities and certificates from. */
public final class TestCertificates {

    private TestCertificates() {}

    /** A new root authority with an EC key. */
    public static TestAuthority authority(String name) {
        return authority(name, KeyKind.EC);
    }

    public static TestAuthority authority(String name, KeyKind kind) {
        return TestAuthority.root(name, kind);
    }

    /** A certificate that vouches for itself, as many mail servers present. */
    public static TestIdentity selfSigned(String... dnsNames) {
        return selfSigned(LeafRequest.named(dnsNames));
    }

    public static TestIdentity selfSigned(LeafRequest request) {
        KeyPair keys = request.keyKind().generate();
        return new TestIdentity(
                keys.getPrivate(),
                List.of(CertificateBuilder.leaf(
                        request, keys.getPublic(), request.commonName(), keys.getPrivate(), request.keyKind())));
    }
}
