package io.sekisho.ingress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Free ports, a certificate, and less patience than in production. */
public final class IngressTestSettings implements QuarkusTestResourceLifecycleManager {

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
        return Map.of(
                "quarkus.http.test-port", "0",
                "sekisho.smtp.host", "127.0.0.1",
                "sekisho.smtp.port", "0",
                "sekisho.smtp.hostname", "gw.example",
                "sekisho.smtp.tls.certificate", pem.certificate().toString(),
                "sekisho.smtp.tls.key", pem.key().toString(),
                "sekisho.smtp.queue-timeout", "PT3S",
                // Nobody is there: the policy comes from Redis.
                "sekisho.policy.url", "http://127.0.0.1:1");
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
