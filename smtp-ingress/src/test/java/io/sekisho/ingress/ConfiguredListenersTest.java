package io.sekisho.ingress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.localstack.LocalStackResource;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration makes of the listeners of the whole service. */
@QuarkusTest
@QuarkusTestResource(value = LocalStackResource.class, initArgs = @ResourceArg(name = "pieces", value = "kafka,redis"))
@QuarkusTestResource(IngressTestSettings.class)
class ConfiguredListenersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Ingress ingress;

    @Inject
    RedisDataSource redis;

    @TempDir
    Path directory;

    private PublishedPolicy policy;

    @BeforeEach
    void publish() {
        policy = new PublishedPolicy(redis);
        await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void stopPublishing() {
        policy.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mx, -noservername, gw.example",
        "mx, -servername gw.partner.example, gw.partner.example",
        "mx, -servername nobody.example, gw.example",
        "submission, -noservername, gw.partner.example",
        "submission, -servername gw.example, gw.example"
    })
    void showsTheCertificateThatSClientAsksFor(String listener, String names, String shown) {
        List<String> arguments = new ArrayList<>(
                List.of("s_client", "-starttls", "smtp", "-connect", "127.0.0.1:" + ingress.port(listener)));
        arguments.addAll(Arrays.asList(names.split(" ")));

        Outcome outcome = OutsideClients.assumeInstalled("openssl")
                .runWithInput(PATIENCE, "QUIT\n", arguments.toArray(String[]::new));

        assertThat(outcome.output()).containsPattern("subject=CN ?= ?" + shown + "\\n");
    }

    @Test
    void asksForAClientsCertificateWhileARuleNeedsOne() {
        assertThat(askedForCertificate()).isFalse();
        policy.verifies(true);
        await().atMost(PATIENCE).until(this::askedForCertificate);

        Outcome trusted = swaks(
                "mx", certificate("partner.example"), "--from", "a@partner.example", "--to", "u@verified.example");
        Outcome other =
                swaks("mx", certificate("other.example"), "--from", "a@partner.example", "--to", "u@verified.example");

        assertThat(trusted.isSuccess()).as(trusted.output()).isTrue();
        assertThat(other.output()).contains("550 5.7.10").contains("rule-verified");
        policy.verifies(false);
        await().atMost(PATIENCE).until(() -> !askedForCertificate());
    }

    @Test
    void takesMailOfAUserUpToTheLimitOfTheListener() {
        List<String> login = List.of(
                "--auth",
                "PLAIN",
                "--auth-user",
                "anna@own.example",
                "--auth-password",
                PublishedPolicy.SECRET_OF_ANNA);

        Outcome small = swaks("submission", login, "--from", "anna@own.example", "--to", "friend@elsewhere.example");
        Outcome large = swaks(
                "submission",
                login,
                "--from",
                "anna@own.example",
                "--to",
                "friend@elsewhere.example",
                "--body",
                "0123456789".repeat(300));

        assertThat(small.isSuccess()).as(small.output()).isTrue();
        assertThat(large.output()).contains("552 5.3.4").contains("250-SIZE 2048");
        given().get("/q/metrics")
                .then()
                .body(org.hamcrest.Matchers.containsString("sekisho_ingress_logins_total{result=\"ADMITTED\"}"));
    }

    private boolean askedForCertificate() {
        Outcome outcome = OutsideClients.assumeInstalled("openssl")
                .runWithInput(
                        PATIENCE,
                        "QUIT\n",
                        "s_client",
                        "-starttls",
                        "smtp",
                        "-connect",
                        "127.0.0.1:" + ingress.port(),
                        "-tls1_2",
                        "-state");
        return outcome.output().contains("read server certificate request");
    }

    private List<String> certificate(String name) {
        var pem = IngressTestSettings.TRUSTED.issue(name).writeTo(directory, name);
        return List.of(
                "--tls-cert",
                pem.certificate().toString(),
                "--tls-key",
                pem.key().toString());
    }

    private Outcome swaks(String listener, List<String> some, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--server", "127.0.0.1:" + ingress.port(listener), "--tls"));
        arguments.addAll(some);
        arguments.addAll(List.of(more));
        return OutsideClients.assumeInstalled("swaks").run(PATIENCE, arguments.toArray(String[]::new));
    }
}
