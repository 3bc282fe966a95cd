package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsIdentityTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void readsPemFiles(KeyKind kind) {
        TestIdentity made = TestCertificates.authority("CA")
                .intermediate("Intermediate")
                .issue(LeafRequest.named("gw.example").withKey(kind));
        TestIdentity.PemFiles pem = made.writeTo(directory, "gw");

        TlsIdentity read = TlsIdentity.ofPem(pem.certificate(), pem.key());

        assertThat(read.chain()).isEqualTo(made.chain());
        assertThat(read.key()).isEqualTo(made.key());
        assertThat(read.toString()).isEqualTo("TlsIdentity[CN=gw.example]");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheKeyOfAnotherCertificate(KeyKind kind) {
        TestIdentity.PemFiles one = TestCertificates.selfSigned("one.example").writeTo(directory, "one");
        TestIdentity.PemFiles two = TestCertificates.selfSigned(
                        LeafRequest.named("two.example").withKey(kind))
                .writeTo(directory, "two");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(one.certificate(), two.key()))
                .withMessageMatching(".*(does not belong to|does not hold a key of its certificate's kind).*");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(directory.resolve("no.crt"), directory.resolve("no.key")))
                .withMessageContaining("no.crt");
    }

    @Test
    void saysHowToConvertAnOldKeyFormat() throws IOException {
        TestIdentity.PemFiles pem = TestCertificates.selfSigned("gw.example").writeTo(directory, "gw");
        Path old = Files.writeString(directory.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nMHc=\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(pem.certificate(), old))
                .withMessageContaining("openssl pkcs8 -topk8");
    }

    @Test
    void refusesAFileWithoutCertificates() throws IOException {
        TestIdentity.PemFiles pem = TestCertificates.selfSigned("gw.example").writeTo(directory, "gw");
        Path empty = Files.writeString(directory.resolve("empty.crt"), "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsIdentity.ofPem(empty, pem.key()))
                .withMessageContaining("holds no certificate");
        assertThatIllegalArgumentException().isThrownBy(() -> TlsIdentity.ofPem(pem.key(), pem.key()));
    }
}
