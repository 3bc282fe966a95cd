package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.CertificateFacts;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsSessionTest {

    @Test
    void cutsNamesThatWouldFillEveryEvent() {
        LeafRequest usual = LeafRequest.named("mx.example.com");
        X509Certificate huge = TestCertificates.selfSigned(new LeafRequest(
                        "x".repeat(50_000),
                        usual.dnsNames(),
                        usual.addresses(),
                        usual.keyKind(),
                        usual.notBefore(),
                        usual.notAfter(),
                        usual.usages()))
                .certificate();

        CertificateFacts facts = new TlsSession(
                        TlsVersion.TLSV1_3, "TLS_AES_256_GCM_SHA384", Optional.empty(), List.of(huge))
                .facts()
                .certificate()
                .orElseThrow();

        assertThat(facts.subject()).startsWith("CN=xxx").hasSize(998);
        assertThat(facts.issuer()).hasSize(998);
    }
}
