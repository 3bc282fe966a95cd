package io.sekisho.testkit.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.certificate.LeafRequest.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestCertificatesTest {

    @ParameterizedTest
    @EnumSource
    void issuesWhatIsAskedFor(KeyKind kind) throws Exception {
        TestAuthority authority = TestCertificates.authority("Test CA", kind);

        TestIdentity leaf = authority.issue(LeafRequest.named("a.example", "b.example")
                .withKey(kind)
                .withAddresses("192.0.2.1")
                .withUsages(Usage.CLIENT));

        X509Certificate certificate = leaf.certificate();
        certificate.verify(authority.certificate().getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "a.example"), List.of(2, "b.example"), List.of(7, "192.0.2.1"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo(kind.name());
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.certificate().getBasicConstraints()).isNotNegative();
    }

    @Test
    void sendsIntermediatesButNotTheRoot() throws Exception {
        TestAuthority root = TestCertificates.authority("Root");

        TestIdentity leaf = root.intermediate("One").intermediate("Two").issue("a.example");

        assertThat(leaf.chain())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=a.example", "CN=Two", "CN=One");
        leaf.chain().get(2).verify(root.certificate().getPublicKey());
    }

    @Test
    void makesCertificatesThatAreBad() {
        TestAuthority authority = TestCertificates.authority("Test CA");

        assertThatThrownBy(() -> authority
                        .issue(LeafRequest.named("a.example").expired())
                        .certificate()
                        .checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> authority
                        .issue(LeafRequest.named("a.example").notYetValid())
                        .certificate()
                        .checkValidity())
                .isInstanceOf(CertificateNotYetValidException.class);
        assertThatThrownBy(() -> TestCertificates.selfSigned("a.example")
                        .certificate()
                        .verify(authority.certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
    }

    @Test
    void writesPemFiles(@TempDir Path directory) throws Exception {
        TestAuthority authority = TestCertificates.authority("Test CA");
        TestIdentity leaf = authority.intermediate("One").issue("a.example");

        TestIdentity.PemFiles files = leaf.writeTo(directory, "a");

        assertThat(Files.readString(files.certificate())).containsPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE");
        assertThat(Files.readString(files.key())).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(authority.writeTo(directory, "ca")).hasContent(authority.certificatePem());
    }
}
