package io.sekisho.policyservice.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.Piece;
import io.sekisho.policyservice.PolicyTestSetup;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see, without a key. */
@QuarkusTest
class OperationsTest extends PolicyTestSetup {
    Infrastructure infrastructure;

    @Test
    void showsThePublishersState() {
        newDomain();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> RestAssured.get("/q/health/ready")
                        .then()
                        .statusCode(200)
                        .body("checks.find { it.name == 'policy publication' }.data.state", equalTo("publishing"))
                        .body("checks.find { it.name == 'policy publication' }.data.lag", equalTo(0))
                        .body("checks.find { it.name == 'bootstrap keys' }.status", equalTo("UP")));
    }

    @Test
    void measuresRevisionsAndLag() {
        newDomain();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            String metrics = RestAssured.get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            double current = value(metrics, "sekisho_policy_revision_current");
            assertThat(current).isPositive();
            assertThat(value(metrics, "sekisho_policy_revision_published")).isEqualTo(current);
            assertThat(value(metrics, "sekisho_policy_publication_lag")).isZero();
            assertThat(value(metrics, "sekisho_policy_publication_publishing")).isEqualTo(1);
            assertThat(value(metrics, "sekisho_policy_publication_failures_total"))
                    .isNotNegative();
        });
    }

    @Test
    void livesButIsNotReadyWhileItsDatabaseDoesNotAnswer() {
        infrastructure.pause(Piece.POSTGRES);
        try {
            RestAssured.get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'PostgreSQL' }.status", equalTo("DOWN"));
            RestAssured.get("/q/health/live").then().statusCode(200);
            RestAssured.get("/q/health/started").then().statusCode(200);
        } finally {
            infrastructure.resume(Piece.POSTGRES);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void measuresCalls() {
        newDomain();
        assertThat(RestAssured.get("/q/metrics").asString())
                .contains("http_server_requests_seconds_count{method=\"PUT\"", "uri=\"/api/v1/domains/{domain}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/started", "/q/health/ready", "/q/openapi", "/q/swagger-ui/"})
    void staysOpen(String path) {
        RestAssured.get(path).then().statusCode(200);
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among the metrics"));
    }
}
