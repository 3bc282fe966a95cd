package io.sekisho.rest;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ErrorAnswersTest extends RestTestSetup {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"colour\":\"red\"}                 | colour       | known are enabled, level, lines",
                "{\"lines\":[{},{\"colour\":1}]}      | lines[1].colour | known are port",
                "{\"level\":\"SOMETIMES\"}            | level        | one of NEVER, OPPORTUNISTIC, MANDATORY, VERIFIED, DANE",
                "{\"level\":2}                        | level        | one of NEVER",
                "{\"level\":\"\"}                     | level        | NEVER",
                "{\"minimumVersion\":\"TLSv2\"}       | minimumVersion | SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3",
                "{\"peer\":\"a b\"}                   | peer         | is not a domain name",
                "{\"patience\":\"soon\"}              | patience     | ISO-8601",
                "{\"enabled\":\"true\"}               | enabled      | true or false",
                "{\"enabled\":7}                      | enabled      | true or false",
                "{\"note\":7}                         | note         | string",
                "{\"note\":\"abcd\"}                  | note         | between 0 and 3",
                "{\"note\":\"a\\u0000\"}              | note         | U+0000",
                "{\"note\":\"\\ud83d\"}               | note         | half of a surrogate pair (U+D83D)",
                "{\"note\":\"\\ude00\\ud83d\"}         | note         | half of a surrogate pair (U+DE00)",
                "{\"peer\":\"a\\u0000.example\"}      | peer         | is not a domain name",
                "{\"peer\":\"a\\ud83d.example\"}      | peer         | is not a domain name",
                "{\"lines\":[{\"port\":1},{}]}        | lines[1].port | null",
                "{\"lines\":[{\"port\":\"1\"}]}       | lines[0].port | a number",
                "{\"lines\":[{\"port\":1.5}]}         | lines[0].port | a number",
                "{\"lines\":{}}                       | lines        | an array",
                "[]                                   | body         | an object",
                "{\"note\":\"a\"} x                   | body         | not JSON",
                "{\"note\":\"a\",\"note\":\"b\"}      | body         | uplicate",
                "{\"level\":                          | body         | line 1, column",
            })
    void namesTheFieldAndWhatItTakes(String body, String field, String message) {
        refused(body).body("errors[0].field", equalTo(field)).body("errors[0].message", containsString(message));
    }

    @Test
    void saysWhereTheJsonBreaks() {
        refused("{\n  \"level\": MANDATORY\n}").body("errors[0].message", containsString("at line 2, column"));
    }

    @Test
    void hasTheFormOfRfc9457() {
        refused("{")
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("about:blank"))
                .body("title", equalTo("Bad Request"))
                .body("status", equalTo(400))
                .body("detail", containsString("JSON"));
    }

    @Test
    void namesEveryFieldThatValidationRefuses() {
        refused("{\"note\":\"abcd\",\"lines\":[{}]}").body("errors.field", hasItems("note", "lines[0].port"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ledger/example.com/list?direction=UP   | direction | INBOUND, OUTBOUND",
                "/ledger/example.com/list?version=TLSv2  | version   | TLSv1.2, TLSv1.3",
                "/ledger/example.com/list?limit=0        | limit     | from 1 to 500",
                "/ledger/example.com/list?limit=501      | limit     | from 1 to 500",
                "/ledger/example.com/list?limit=many     | limit     | from 1 to 500",
                "/ledger/exa..mple/list                  | domain    | is not a domain name",
                "/ledger/exa%00mple/list                 | domain    | U+0000",
                "/ledger/example.com/list?more=a%00      | more      | U+0000",
            })
    void namesTheParameter(String path, String parameter, String message) {
        asAdmin()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(parameter))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void takesWholeSurrogatePairs() {
        asAdmin()
                .body("{\"note\":\"\\ud83d\\ude00\"}")
                .put("/ledger/example.com")
                .then()
                .statusCode(200)
                .body("entry.note", equalTo("\ud83d\ude00"));
    }

    @Test
    void readsParameters() {
        asAdmin()
                .get("/ledger/Example.COM/list?direction=INBOUND&version=TLSv1.3")
                .then()
                .statusCode(200)
                .body("direction", equalTo("INBOUND"))
                .body("limit", equalTo(50));
    }

    @Test
    void answersWhatIsNotThere() {
        problem(asAdmin().get("/nowhere").then(), 404, containsString("/nowhere"));
    }

    @Test
    void answersAMethodThatIsNotAllowed() {
        problem(asAdmin().delete("/ledger/example.com").then(), 405, containsString("OPTIONS"));
        asAdmin().options("/ledger/example.com").then().statusCode(200).header("Allow", containsString("PUT"));
    }

    @Test
    void answersAMediaTypeThatIsNotTaken() {
        problem(
                asAdmin()
                        .contentType("text/csv")
                        .body("a")
                        .put("/ledger/example.com")
                        .then(),
                415,
                containsString("text/csv"));
    }

    @Test
    void tellsNothingAboutItsInternals() {
        problem(
                asAdmin().get("/ledger/example.com/broken").then(),
                500,
                allOf(containsString("reference"), not(containsString("internal detail"))));
    }

    @Test
    void writesValuesAsTheContractDoes() {
        asAdmin()
                .body(
                        "{\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.3\",\"patience\":\"PT30M\",\"peer\":\"bücher.example\"}")
                .put("/ledger/example.com")
                .then()
                .statusCode(200)
                .body("at", equalTo("2026-11-24T07:00:00.000Z"))
                .body("entry.minimumVersion", equalTo("TLSv1.3"))
                .body("entry.patience", equalTo("PT30M"))
                .body("entry.peer", equalTo("xn--bcher-kva.example"));
    }

    private ValidatableResponse refused(String body) {
        return asAdmin().body(body).put("/ledger/example.com").then().statusCode(400);
    }

    private static void problem(ValidatableResponse answer, int status, Matcher<String> detail) {
        answer.statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", equalTo(status))
                .body("detail", detail);
    }
}
