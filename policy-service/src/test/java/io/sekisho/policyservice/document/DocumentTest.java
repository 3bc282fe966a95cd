package io.sekisho.policyservice.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sekisho.policyservice.PolicyConfiguration;
import io.sekisho.policyservice.PolicyTestSetup;
import io.sekisho.policyservice.document.OpenApiDocument.Example;
import io.sekisho.policyservice.document.OpenApiDocument.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The OpenAPI document, walked: what it says of each call is what the running service does. */
@QuarkusTest
class DocumentTest extends PolicyTestSetup {
    /** The domain of all examples. */
    private static final String EXAMPLE = "customer.example";

    private static final String API = "/api/v1/";

    /** Stands in everything that a domain has, and nowhere else. */
    private static final String MARK = "mark7q3z";

    @Test
    void letsNobodyInWithoutAKey() {
        OpenApiDocument document = OpenApiDocument.read();
        List<Operation> operations = document.operations();
        assertThat(operations)
                .hasSizeGreaterThan(25)
                .allMatch(operation -> operation.path().startsWith(API));
        for (Operation operation : operations) {
            Example body = bodies(document, operation).get(0);
            String path = path(operation, newDomain(), "tp-unknown");
            for (String key : new String[] {null, "sk_unknown", "nonsense"}) {
                Response answer = send(operation, path, key, body);
                assertThat(answer.statusCode()).as("%s with %s", operation, key).isEqualTo(401);
                assertThat(answer.contentType()).as("%s", operation).startsWith("application/problem+json");
                assertThat(answer.header("WWW-Authenticate"))
                        .as("%s", operation)
                        .startsWith("Bearer");
            }
        }
    }

    @Test
    void showsNothingOfAnotherDomain() {
        OpenApiDocument document = OpenApiDocument.read();
        Filled victim = Filled.make();
        String own = newOutboundDomain();
        for (String key : List.of(newKey("domain-admin", own), newKey("auditor", own))) {
            for (Operation operation : document.operations()) {
                for (Example body : bodies(document, operation)) {
                    for (String id : victim.ids()) {
                        String path = path(operation, victim.domain(), id);
                        Example asked =
                                new Example(body.mediaType(), body.body().replace(EXAMPLE, victim.domain()));
                        Response answer = send(operation, path, key, asked);
                        assertThat(answer.asString()).as("%s", operation).doesNotContain(MARK);
                        if (operation.path().contains("{domain}")
                                || operation.path().endsWith("/decisions")) {
                            assertThat(answer.statusCode()).as("%s", operation).isIn(403, 404);
                        } else {
                            assertThat(answer.statusCode()).as("%s", operation).isIn(200, 403);
                        }
                    }
                }
            }
        }
        // All of it is still there: nobody changed it either.
        assertThat(victim.isWhole()).isTrue();
    }

    @Test
    void keepsTheGatewaysKeyFromTheRest() {
        OpenApiDocument document = OpenApiDocument.read();
        String domain = newOutboundDomain();
        for (Operation operation : document.operations()) {
            Response answer = send(
                    operation,
                    path(operation, domain, "tp-unknown"),
                    PolicyConfiguration.SERVICE_KEY,
                    bodies(document, operation).get(0));
            boolean forServices =
                    operation.path().endsWith("/compiled") || operation.path().endsWith("/api-keys:verify");
            assertThat(answer.statusCode()).as("%s", operation).isEqualTo(forServices ? 200 : 403);
        }
    }

    @Test
    void givesExamplesThatTheServiceTakes() {
        OpenApiDocument document = OpenApiDocument.read();
        for (Operation operation : document.operations()) {
            assertThat(document.summary(operation))
                    .as("summary of %s", operation)
                    .isPresent();
            if (!document.takesBody(operation)) {
                continue;
            }
            List<Example> examples = document.examples(operation);
            assertThat(examples).as("examples of %s", operation).isNotEmpty();
            for (Example example : examples) {
                String domain = newOutboundDomain();
                String id = newPeer(
                        domain, "{\"direction\":\"INBOUND\",\"peer\":\"old.example\",\"level\":\"OPPORTUNISTIC\"}");
                Response answer = send(
                        operation,
                        path(operation, domain, id) + format(example),
                        operation.path().endsWith(":verify")
                                ? PolicyConfiguration.SERVICE_KEY
                                : PolicyConfiguration.ADMIN_KEY,
                        new Example(example.mediaType(), example.body().replace(EXAMPLE, domain)));
                assertThat(answer.statusCode())
                        .as("%s of %s: %s", example, operation, answer.asString())
                        .isIn(200, 201);
                assertThat(document.faults(operation, answer.statusCode(), answer.asString()))
                        .as("%s answers %s", operation, answer.asString())
                        .isEmpty();
            }
        }
    }

    @Test
    void answersReadsAsItPromises() {
        OpenApiDocument document = OpenApiDocument.read();
        Filled domain = Filled.make();
        for (Operation operation : document.operations()) {
            boolean json = operation
                    .description()
                    .at("/responses/200/content/application~1json")
                    .isObject();
            if (!operation.method().equals("get") || !json) {
                continue;
            }
            Response answer = domain.ids().stream()
                    .map(id -> send(
                            operation,
                            path(operation, domain.domain(), id),
                            PolicyConfiguration.ADMIN_KEY,
                            new Example("application/json", "")))
                    .filter(found -> found.statusCode() == 200)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing answers " + operation));
            assertThat(document.faults(operation, 200, answer.asString()))
                    .as("%s answers %s", operation, answer.asString())
                    .isEmpty();
        }
    }

    /** A domain that has some of everything. */
    private record Filled(String domain, List<String> ids) {
        static Filled make() {
            String domain = newDomain("{\"description\":\"" + MARK + "\",\"outbound\":{\"enabled\":true},"
                    + "\"nextHops\":[{\"host\":\"" + MARK + ".example\"}]}");
            List<String> ids = new ArrayList<>();
            ids.add(newPeer(
                    domain,
                    "{\"direction\":\"INBOUND\",\"peer\":\"" + MARK
                            + ".example\",\"level\":\"MANDATORY\",\"enabled\":false}"));
            ids.add(newCredential(domain, MARK).getString("id"));
            asAdmin().body("{\"level\":\"MANDATORY\"}").put(DOMAINS + domain + "/tls-defaults/inbound");
            ids.add(asAdmin()
                    .body("{\"role\":\"domain-admin\",\"domains\":[\"" + domain + "\"],\"description\":\"" + MARK
                            + "\"}")
                    .post("/api/v1/api-keys")
                    .path("id"));
            return new Filled(domain, List.copyOf(ids));
        }

        boolean isWhole() {
            return asAdmin().get(DOMAINS + domain + "/tls-peers/" + ids.get(0)).statusCode() == 200
                    && asAdmin()
                                    .get(DOMAINS + domain + "/submission-credentials/" + ids.get(1))
                                    .statusCode()
                            == 200
                    && asAdmin().get("/api/v1/api-keys/" + ids.get(2)).statusCode() == 200
                    && asAdmin()
                                    .get(DOMAINS + domain + "/tls-peers")
                                    .jsonPath()
                                    .getList("items")
                                    .size()
                            == 1
                    && asAdmin()
                                    .get(DOMAINS + domain + "/audit")
                                    .jsonPath()
                                    .getList("items")
                                    .size()
                            == 4;
        }
    }

    private static List<Example> bodies(OpenApiDocument document, Operation operation) {
        List<Example> examples = document.takesBody(operation) ? document.examples(operation) : List.of();
        return examples.isEmpty() ? List.of(new Example("application/json", "")) : examples;
    }

    private static String path(Operation operation, String domain, String id) {
        return operation
                .path()
                .replace("{domain}", domain)
                .replace("{direction}", "inbound")
                .replace("{id}", id);
    }

    /** A table of Postfix does not say what it is. */
    private static String format(Example example) {
        return example.mediaType().equals("text/plain") ? "?format=POSTFIX_TLS_POLICY" : "";
    }

    private static Response send(Operation operation, String path, String key, Example body) {
        RequestSpecification request = RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("text/csv", ContentType.TEXT)));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (!body.body().isEmpty()) {
            request.header("Content-Type", body.mediaType()).body(body.body().getBytes(StandardCharsets.UTF_8));
        }
        return request.request(operation.method(), path);
    }
}
