package io.sekisho.policyservice.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sekisho.policyservice.PolicyConfiguration;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of peers: all of a file or nothing, and every line accounted for. */
@QuarkusTest
class PeerImportTest extends PolicyTestSetup {
    private static final String HEADER = "direction,peer,level,minimumVersion,override,description\n";

    @Inject
    Pool pool;

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/json"})
    void exportsWhatItImportsToTheLastCharacter(String type) {
        String domain = newOutboundDomain();
        newPeer(
                domain,
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"VERIFIED\",\"minimumVersion\":\"TLSv1.3\",\"enabled\":false,"
                        + "\"onViolation\":\"DEFER\",\"tlsGiveUpAfter\":\"PT30M\",\"certificateNames\":[\"a.example\",\"*.b.example\"],"
                        + "\"override\":true,\"description\":\" \\\"x\\\", y\\r\\nz\\n日本語 \\ud83d\\ude00=1+1 \"}");
        newPeer(domain, "{\"direction\":\"OUTBOUND\",\"peer\":\"*.bücher.example\",\"level\":\"NEVER\"}");
        newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"2001:db8::1\",\"level\":\"MANDATORY\"}");
        String file = export(domain, type);
        String other = newOutboundDomain();
        send(other, type, "", file).statusCode(200).body("created", equalTo(3)).body("dryRun", equalTo(false));
        assertThat(export(other, type)).isEqualTo(file);
        send(other, type, "", file)
                .statusCode(200)
                .body("unchanged", equalTo(3))
                .body("lines.outcome", everyItem(equalTo("UNCHANGED")));
    }

    @Test
    void exportsAsAFileThatIsNamed() {
        String domain = newDomain();
        newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"b.example\",\"level\":\"MANDATORY\"}");
        newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        asAdmin()
                .accept("text/csv")
                .get(DOMAINS + domain + "/tls-peers:export")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + domain + "-tls-peers.csv\"")
                .body(equalTo("""
                        direction,peer,level,minimumVersion,enabled,onViolation,tlsGiveUpAfter,certificateNames,override,description
                        INBOUND,a.example,MANDATORY,,true,,,,false,
                        INBOUND,b.example,MANDATORY,,true,,,,false,
                        """.replace("\n", "\r\n")));
        asAdmin()
                .get(DOMAINS + domain + "/tls-peers:export")
                .then()
                .contentType("application/json")
                .body("items.peer", equalTo(List.of("a.example", "b.example")));
        asAdmin()
                .accept("*/*")
                .get(DOMAINS + domain + "/tls-peers:export?format=CSV")
                .then()
                .contentType("text/csv;charset=UTF-8");
        asAdmin()
                .get(DOMAINS + domain + "/tls-peers:export?format=POSTFIX_CIDR")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("format"));
    }

    @Test
    void reportsEveryLineAndChangesNothingWhereOneCannotBeTaken() {
        String domain = newDomain();
        String file = HEADER + "INBOUND,a.example,MANDATORY,,,\n"
                + "INBOUND,192.0.2.1/24,MANDATORY,,,\n"
                + "INBOUND,A.EXAMPLE,OPPORTUNISTIC,,,\n"
                + "INBOUND,b.example,NEVER,TLSv9,,\n";
        for (String query : List.of("", "?dryRun=true")) {
            send(domain, "text/csv", query, file)
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.line", equalTo(List.of(3, 4, 5)))
                    .body("errors.field", equalTo(List.of("peer", "peer", "minimumVersion")))
                    .body("errors[0].message", containsString("did you mean '192.0.2.0/24'?"))
                    .body("errors[1].message", containsString("line 2 already"))
                    .body("detail", containsString("3 lines cannot be imported"))
                    .body("detail", containsString("nothing was changed"));
        }
        assertThat(peers(domain)).isEmpty();
    }

    @Test
    void rehearsesWithoutAChange() {
        String domain = newDomain();
        String kept = newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"MANDATORY\"}");
        long before = counter();
        String file = HEADER + "INBOUND,192.0.2.0/24,MANDATORY,,,\nINBOUND,a.example,OPPORTUNISTIC,,,\n";
        ValidatableResponse rehearsed = send(domain, "text/csv", "?dryRun=true", file)
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("created", equalTo(1))
                .body("unchanged", equalTo(1))
                .body("lines.line", equalTo(List.of(2, 3)))
                .body("lines.outcome", equalTo(List.of("UNCHANGED", "CREATED")))
                .body("lines[0].id", equalTo(kept))
                .body("lines[1].id", equalTo(null))
                .body("lines[1].warnings.code", equalTo(List.of("STRICTER_PEER_APPLIES_TOO")));
        assertThat(peers(domain)).containsExactly("192.0.2.0/24");
        assertThat(counter()).isEqualTo(before);
        List<Object> warnings = rehearsed.extract().path("lines.warnings");
        send(domain, "text/csv", "", file)
                .statusCode(200)
                .body("lines.warnings", equalTo(warnings))
                .body("lines[1].id", matchesPattern("tp-[a-z2-9]{12}"));
    }

    @Test
    void leavesWhatExistsUnlessItIsToldToReplace() {
        String domain = newDomain();
        String id = newPeer(
                domain,
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"OPPORTUNISTIC\",\"description\":\"by hand\"}");
        String tag = tag(domain, id);
        String file = HEADER + "INBOUND,b.example,MANDATORY,,,\nINBOUND,a.example,MANDATORY,,,imported\n";
        send(domain, "text/csv", "", file)
                .statusCode(409)
                .body("errors.line", equalTo(List.of(3)))
                .body("errors[0].field", equalTo("peer"))
                .body("errors[0].message", containsString(id));
        assertThat(peers(domain)).containsExactly("a.example");
        send(domain, "text/csv", "?existing=REPLACE", file)
                .statusCode(200)
                .body("replaced", equalTo(1))
                .body("created", equalTo(1))
                .body("lines.find { it.line == 3 }.id", equalTo(id));
        assertThat(tag(domain, id)).isNotEqualTo(tag);
        asAdmin()
                .get(DOMAINS + domain + "/tls-peers/" + id)
                .then()
                .body("level", equalTo("MANDATORY"))
                .body("description", equalTo("imported"));
        // Whoever read the peer before the import does not overwrite it.
        asAdmin()
                .header("If-Match", tag)
                .delete(DOMAINS + domain + "/tls-peers/" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void isOneChangeWithAnAuditEntryForEachPeer() {
        String domain = newDomain();
        String id = newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"OPPORTUNISTIC\"}");
        long before = counter();
        send(
                        domain,
                        "text/csv",
                        "?existing=REPLACE",
                        HEADER + "INBOUND,a.example,MANDATORY,,,\nINBOUND,b.example,MANDATORY,,,\n")
                .statusCode(200);
        assertThat(counter()).isEqualTo(before + 1);
        String audit = DOMAINS + domain + "/audit";
        asAdmin()
                .get(audit)
                .then()
                .body("items.n", equalTo(List.of((int) before + 1, (int) before + 1, (int) before, (int) before - 1)))
                .body("items[0].action", equalTo("CHANGED"))
                .body("items[0].subjectId", equalTo(id))
                .body("items[0].before.level", equalTo("OPPORTUNISTIC"))
                .body("items[0].after.level", equalTo("MANDATORY"))
                .body("items[1].action", equalTo("CREATED"))
                .body("items[1].before", equalTo(null))
                .body("items[1].after.peer", equalTo("b.example"));
        String cursor = asAdmin()
                .get(audit + "?limit=1")
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("nextCursor");
        asAdmin().get(audit + "?limit=1&cursor=" + cursor).then().body("items[0].after.peer", equalTo("b.example"));
    }

    @Test
    void takesTheListOfTheInterfaceToo() {
        String domain = newDomain();
        newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        String list = asAdmin().get(DOMAINS + domain + "/tls-peers").asString();
        send(newDomain(), "application/json", "", list).statusCode(200).body("created", equalTo(1));
        send(
                        newDomain(),
                        "application/json",
                        "",
                        "[{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}]")
                .statusCode(200)
                .body("created", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                              | 1 | items             | is required",
                "7                                               | 1 | body              | an array of peers",
                "{'items':7}                                     | 1 | items             | an array",
                "{'items':[],'more':1}                           | 1 | more              | nothing else",
                "{'items':[],'nextCursor':'x'}                   | 1 | nextCursor        | more pages",
                "[] []                                           | 1 | body              | follows",
                "[~{'direction':'INBOUND'}]                      | 2 | items[0].peer     | is required",
                "[{'direction':'UP'}]                            | 1 | items[0].direction | INBOUND, OUTBOUND",
                "[{'colour':1}]                                  | 1 | items[0].colour   | no such field",
                "[null]                                          | 1 | items[0]          | object",
                "[{'peer':~'\\u0000'}]                           | 1 | items[0].peer     | is not a domain name",
                "[{'description':'\\ud800'}]                     | 1 | items[0].description | surrogate",
                "[~{'a':1,'a':2}]                                | 2 | body              | uplicate",
                "[{'direction':                                  | 1 | body              | JSON",
            })
    void namesWhatIsWrongInJson(String json, int line, String field, String message) {
        send(newDomain(), "application/json", "", json.replace('\'', '"').replace('~', '\n'))
                .statusCode(400)
                .body("errors.findAll { it.field == '" + field + "' }.line", hasItem(line))
                .body("errors.findAll { it.field == '" + field + "' }.message", hasItem(containsString(message)));
    }

    @Test
    void readsThePolicyMapOfPostfix() {
        String domain = newOutboundDomain();
        String map = """
                # partners
                partner.example       secure match=nexthop:.mx.partner.example
                .partner.example      encrypt
                                      protocols=>=TLSv1.3, ciphers=high
                broken.example        none
                """;
        send(domain, "text/plain", "?format=POSTFIX_TLS_POLICY", map)
                .statusCode(200)
                .body("created", equalTo(3))
                .body("lines.line", equalTo(List.of(2, 3, 5)))
                .body("lines[1].warnings.code", equalTo(List.of("ATTRIBUTE_IGNORED")));
        asAdmin()
                .get(DOMAINS + domain + "/tls-peers?q=*.partner")
                .then()
                .body("items[0].direction", equalTo("OUTBOUND"))
                .body("items[0].level", equalTo("MANDATORY"))
                .body("items[0].minimumVersion", equalTo("TLSv1.3"));
        send(
                        newOutboundDomain(),
                        "text/plain",
                        "?format=POSTFIX_TLS_POLICY",
                        "a.example encrypt\n[relay.example]:587 encrypt\nb.example dane\n")
                .statusCode(400)
                .body("errors.line", equalTo(List.of(2, 3)));
        send(newDomain(), "text/plain", "?format=POSTFIX_TLS_POLICY", map)
                .statusCode(409)
                .body("errors", hasSize(3))
                .body("errors[0].message", containsString("outbound protection is not enabled"));
    }

    @Test
    void readsTheAccessTablesOfPostfix() {
        String domain = newDomain();
        send(domain, "text/plain", "?format=POSTFIX_SENDER_ACCESS", "partner.example reject_plaintext_session\n")
                .statusCode(200)
                .body("lines.peer", equalTo(List.of("partner.example", "*.partner.example")));
        send(
                        domain,
                        "text/plain",
                        "?format=POSTFIX_SENDER_ACCESS&subdomains=OF_DOTTED_DOMAINS",
                        "other.example reject_plaintext_session\n")
                .statusCode(200)
                .body("lines.peer", equalTo(List.of("other.example")));
        send(
                        domain,
                        "text/plain",
                        "?format=POSTFIX_CIDR",
                        "192.0.2.7 DUNNO\n192.0.2.0/24 reject_plaintext_session\n192.0.2.8 DUNNO\n")
                .statusCode(200)
                .body("created", equalTo(2))
                .body("skipped", equalTo(1))
                .body("lines[2].outcome", equalTo("SKIPPED"))
                .body("lines[2].warnings[0].message", containsString("Line 2"));
        decision(domain, "192.0.2.7", "stranger.example").body("desired.level", equalTo("OPPORTUNISTIC"));
        decision(domain, "192.0.2.8", "stranger.example").body("desired.level", equalTo("MANDATORY"));
        decision(domain, "198.51.100.1", "mail.partner.example").body("desired.level", equalTo("MANDATORY"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain       |                            | format     | is required",
                "text/plain       | ?format=SENDMAIL           | format     | POSTFIX_CIDR",
                "text/csv         | ?dryRun=perhaps            | dryRun     | true or false",
                "text/csv         | ?existing=DELETE           | existing   | REFUSE, REPLACE",
                "text/csv         | ?subdomains=ALL            | subdomains | OF_EVERY_DOMAIN",
            })
    void refusesWhatItDoesNotKnow(String type, String query, String field, String message) {
        send(newDomain(), type, query == null ? "" : query, HEADER)
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void refusesWhatIsNoTextAndWhatIsTooLong() throws IOException {
        String domain = newDomain();
        byte[] latin1 = {'a', (byte) 0xe9, '\n'};
        request(PolicyConfiguration.ADMIN_KEY, "text/csv")
                .body(latin1)
                .post(path(domain, ""))
                .then()
                .statusCode(400);
        send(domain, "text/plain", "?format=POSTFIX_CIDR", "\n".repeat(100_001)).statusCode(400);
        assertThat(statusLine(path(domain, ""), (16 << 20) + 1)).contains(" 413 ");
        assertThat(statusLine(path(domain, "").replace(":import", ""), (1 << 20) + 1))
                .contains(" 413 ");
        send(domain, "text/xml", "", "<a/>").statusCode(415);
    }

    @Test
    void takesAsManyPeersAsADomainMayHaveAndNoMore() {
        String domain = newDomain();
        String file = csv(0, 10_000);
        send(domain, "text/csv", "", file).statusCode(200).body("created", equalTo(10_000));
        assertThat(export(domain, "text/csv").lines()).hasSize(10_001);
        send(domain, "text/csv", "", csv(10_000, 10_001)).statusCode(409).body("detail", containsString("10001"));
        send(domain, "text/csv", "?existing=REPLACE", file.replace("MANDATORY", "OPPORTUNISTIC"))
                .statusCode(200)
                .body("replaced", equalTo(10_000));
        decision(domain, "198.51.100.1", "p77.example").body("desired.level", equalTo("OPPORTUNISTIC"));
    }

    @Test
    void givesEachRoleItsCalls() {
        String domain = newDomain();
        String file = HEADER + "INBOUND,a.example,MANDATORY,,,\n";
        for (String outside : List.of(newKey("domain-admin", newDomain()), newKey("auditor", newDomain()))) {
            request(outside, "text/csv")
                    .get(DOMAINS + domain + "/tls-peers:export")
                    .then()
                    .statusCode(404);
        }
        request(newKey("domain-admin", newDomain()), "text/csv")
                .body(file)
                .post(path(domain, ""))
                .then()
                .statusCode(404);
        request(newKey("auditor", domain), "text/csv")
                .body(file)
                .post(path(domain, "?dryRun=true"))
                .then()
                .statusCode(403);
        request(newKey("domain-admin", domain), "text/csv")
                .body(file)
                .post(path(domain, ""))
                .then()
                .statusCode(200);
        request(newKey("auditor", domain), "text/csv")
                .get(DOMAINS + domain + "/tls-peers:export")
                .then()
                .statusCode(200);
        send(newName(), "text/csv", "", file).statusCode(404);
        send(newName(), "text/csv", "?dryRun=true", file).statusCode(404);
    }

    /** The answer to the announcement of a body of this length. */
    private static String statusLine(String path, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + PolicyConfiguration.ADMIN_KEY + "\r\nContent-Type: application/json\r\nContent-Length: " + length
                    + "\r\n\r\n[";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private static String csv(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "INBOUND,p" + i + ".example,MANDATORY,,,\n")
                .collect(Collectors.joining("", HEADER, ""));
    }

    private static ValidatableResponse decision(String domain, String client, String senderDomain) {
        return asAdmin()
                .body(
                        ("{\"direction\":\"INBOUND\",\"managedDomain\":\"%s\",\"clientAddress\":\"%s\",\"sender\":\"a@%s\","
                                        + "\"recipient\":\"b@%s\"}")
                                .formatted(domain, client, senderDomain, domain))
                .post("/api/v1/decisions")
                .then()
                .statusCode(200);
    }

    private long counter() {
        return pool.query("SELECT n FROM policy_counter")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private static String tag(String domain, String id) {
        return asAdmin().get(DOMAINS + domain + "/tls-peers/" + id).header("ETag");
    }

    private static List<String> peers(String domain) {
        return asAdmin().get(DOMAINS + domain + "/tls-peers").then().extract().path("items.peer");
    }

    private static String export(String domain, String type) {
        return request(PolicyConfiguration.ADMIN_KEY, "text/csv")
                .accept(type)
                .get(DOMAINS + domain + "/tls-peers:export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static String path(String domain, String query) {
        return DOMAINS + domain + "/tls-peers:import" + query;
    }

    private static ValidatableResponse send(String domain, String type, String query, String file) {
        return request(PolicyConfiguration.ADMIN_KEY, type)
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(path(domain, query))
                .then();
    }

    private static RequestSpecification request(String key, String type) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs("text/csv", ContentType.TEXT)
                                .encodeContentTypeAs("text/xml", ContentType.TEXT)))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", type);
    }
}
