package io.sekisho.localstack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedCertificateTest {
    @TempDir
    private Path directory;

    @Test
    void certificateNamesTheHostAndBelongsToThePrivateKey() throws Exception {
        SelfSignedCertificate pair = SelfSignedCertificate.in(directory, "mx.example");

        X509Certificate certificate = read(pair.certificate());
        certificate.checkValidity();
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .contains(List.of(2, "mx.example"), List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        byte[] text = "signed".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key(pair.key()));
        signing.update(text);
        byte[] signature = signing.sign();
        signing.initVerify(certificate);
        signing.update(text);
        assertThat(signing.verify(signature)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pair.key())))
                .isEqualTo("rw-------");
    }

    @Test
    void pairIsMadeOnce() throws Exception {
        String first = Files.readString(
                SelfSignedCertificate.in(directory, "mx.example").certificate());

        assertThat(SelfSignedCertificate.in(directory, "mx.example").certificate())
                .content()
                .isEqualTo(first);
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path file) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
