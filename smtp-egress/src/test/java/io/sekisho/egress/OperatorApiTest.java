package io.sekisho.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.json.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document, walked: what it shows is there, and asks for a key. */
@QuarkusTest
class OperatorApiTest extends OperatorTestSetup {

    /** Of the document; the path has something in the place of its parameters. */
    private record Call(String method, String template, Map<String, Object> operation) {
        String path() {
            return template.replace("{id}", UUID.randomUUID().toString());
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    @Test
    void describesTheCallsOfTheOperator() {
        assertThat(calls())
                .extracting(Call::toString)
                .containsExactlyInAnyOrder(
                        "GET /api/v1/queue",
                        "GET /api/v1/queue/messages",
                        "POST /api/v1/queue/flush",
                        "POST /api/v1/queue/hold",
                        "POST /api/v1/queue/release",
                        "POST /api/v1/queue/cancel",
                        "GET /api/v1/quarantine",
                        "POST /api/v1/quarantine/{id}/release",
                        "POST /api/v1/quarantine/{id}/bounce");
    }

    @Test
    void answersNothingWithoutAKey() {
        for (Call call : calls()) {
            RestAssured.given()
                    .contentType("application/json")
                    .body("{}")
                    .request(call.method, call.path())
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Bearer realm=\"sekisho\"");
            RestAssured.given()
                    .contentType("application/json")
                    .header("Authorization", "Bearer sk_unknown")
                    .body("{}")
                    .request(call.method, call.path())
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void forbidsTheKeysOfServices() {
        for (Call call : calls()) {
            as(Role.SERVICE).body("{}").request(call.method, call.path()).then().statusCode(403);
        }
    }

    @Test
    void takesTheExamplesOfTheDocument() {
        List<String> taken = new ArrayList<>();
        for (Call call : calls()) {
            for (String example : examples(call)) {
                admin().body(example)
                        .request(call.method, call.path())
                        .then()
                        .statusCode(200)
                        .body(
                                "action",
                                equalTo(call.template
                                        .substring(call.template.lastIndexOf('/') + 1)
                                        .toUpperCase(Locale.ROOT)));
                taken.add(call.toString());
            }
        }
        assertThat(taken).hasSize(4);
    }

    @Test
    void describesEveryParameterAndTheErrors() {
        for (Call call : calls()) {
            assertThat(list(call.operation.get("parameters")))
                    .as(call.toString())
                    .allSatisfy(parameter -> assertThat(map(parameter).get("description"))
                            .asString()
                            .isNotBlank());
            assertThat(map(call.operation.get("responses"))).as(call.toString()).containsKey("default");
            assertThat(call.operation.get("summary")).as(call.toString()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/health/started", "/q/openapi", "/q/swagger-ui/", "/q/metrics"})
    void staysOpenForProbesAndReaders(String path) {
        RestAssured.get(path).then().statusCode(200);
    }

    @Test
    void showsNumbersOfTheWholeQueue() {
        waiting("held");
        get(pool.query("UPDATE schedule SET held_alone = 'OPERATOR' WHERE recipient = 'held@" + destination + "'")
                .execute());
        await().atMost(LIMIT).untilAsserted(() -> {
            String metrics = RestAssured.get("/q/metrics").asString();
            assertThat(value(metrics, "sekisho_delivery_schedule_rows_held")).isPositive();
            assertThat(value(metrics, "sekisho_delivery_schedule_oldest_age_seconds"))
                    .isPositive();
            assertThat(value(metrics, "sekisho_delivery_queue_unread")).isNotNegative();
            assertThat(value(metrics, "sekisho_delivery_quarantine_entries")).isNotNegative();
            assertThat(metrics).contains("sekisho_delivery_alerts_total{cause=\"queue-age\",result=\"sent\"}");
        });
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among the metrics"));
    }

    private static List<Call> calls() {
        JsonPath document =
                RestAssured.given().accept("application/json").get("/q/openapi").jsonPath();
        List<Call> calls = new ArrayList<>();
        document.<String, Object>getMap("paths")
                .forEach((path, item) -> map(item)
                        .forEach((method, operation) ->
                                calls.add(new Call(method.toUpperCase(Locale.ROOT), path, map(operation)))));
        assertThat(calls).isNotEmpty();
        return calls;
    }

    private static List<String> examples(Call call) {
        Map<String, Object> media =
                map(map(map(call.operation.get("requestBody")).get("content")).get("application/json"));
        return map(media.get("examples")).values().stream()
                .map(example -> map(example).get("value"))
                .map(value -> value instanceof String text ? text : WireJson.string(value))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
