package io.sekisho.ingress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Free ports, a certificate, and less patience than in production. */
public final class IngressTestSettings implements QuarkusTestResourceLifecycleManager {

    /** Vouches for the clients that the service trusts. */
    static final TestAuthority TRUSTED = TestCertificates.authority("Trusted by the gateway");

    private Path directory;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("ingress-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        TestIdentity.PemFiles pem = TestCertificates.selfSigned(
                        LeafRequest.named("gw.example").withKey(KeyKind.RSA))
                .writeTo(directory, "gw");
        TestIdentity.PemFiles partner =
                TestCertificates.selfSigned("gw.partner.example").writeTo(directory, "partner");
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("sekisho.smtp.host", "127.0.0.1"),
                Map.entry("sekisho.smtp.port", "0"),
                Map.entry("sekisho.smtp.hostname", "gw.example"),
                Map.entry("sekisho.smtp.listeners.balanced.host", "127.0.0.1"),
                Map.entry("sekisho.smtp.listeners.balanced.port", "0"),
                Map.entry("sekisho.smtp.listeners.balanced.proxy-networks", "127.0.0.0/8,::1"),
                Map.entry("sekisho.smtp.listeners.submission.mode", "SUBMISSION"),
                Map.entry("sekisho.smtp.listeners.submission.host", "127.0.0.1"),
                Map.entry("sekisho.smtp.listeners.submission.port", "0"),
                Map.entry("sekisho.smtp.listeners.submission.certificate", "partner"),
                Map.entry("sekisho.smtp.listeners.submission.size-limit", "2K"),
                Map.entry(
                        "sekisho.smtp.tls.further.partner.certificate",
                        partner.certificate().toString()),
                Map.entry("sekisho.smtp.tls.further.partner.key", partner.key().toString()),
                Map.entry(
                        "sekisho.smtp.trusted-ca",
                        TRUSTED.writeTo(directory, "trusted").toString()),
                Map.entry("sekisho.smtp.tls.certificate", pem.certificate().toString()),
                Map.entry("sekisho.smtp.tls.key", pem.key().toString()),
                Map.entry("sekisho.smtp.queue-timeout", "PT3S"),
                // Nobody is there: the policy comes from Redis.
                Map.entry("sekisho.policy.url", "http://127.0.0.1:1"));
    }

    @Override
    public void stop() {
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
