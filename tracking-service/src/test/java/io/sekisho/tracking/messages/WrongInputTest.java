package io.sekisho.tracking.messages;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.mail.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong parameter is answered 400, with its name and what it takes. */
@QuarkusTest
class WrongInputTest extends RestTest {

    @ParameterizedTest
    @CsvSource({
        "from, yesterday, 2026-11-24T07:00:00Z",
        "from, '', is empty",
        "from, +99999-01-01T00:00:00Z, 2026-11-24T07:00:00Z",
        "from, 2026-11-24T07:00:00 09:00, %2B",
        "to, 2026-13-01, 2026-11-24",
        "direction, UP, 'INBOUND, OUTBOUND'",
        "traffic, blocked, 'ACCEPTED, BLOCKED'",
        "status, LOST, 'QUEUED, DEFERRED, DELIVERED, BOUNCED, EXPIRED, REJECTED, CANCELLED, QUARANTINED'",
        "blockReason, RAIN, TLS_NOT_AVAILABLE",
        "upstreamTls, TLSv9, 'NONE, SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3'",
        "downstreamTls, none, NONE",
        "domain, not a domain, is not a domain name",
        "domain, '', is empty",
        "sender, '', <> for the null sender",
        "recipient, *a*b*c*d*e*f*, at most 5",
        "messageId, '', is empty",
        "status, '', is empty",
        "clientAddress, 192.0.2.300, is not an IP address",
        "clientAddress, 192.0.2.1/24, did you mean '192.0.2.0/24'",
        "limit, 0, 1 to 500",
        "limit, 501, 1 to 500",
        "limit, many, 1 to 500",
        "cursor, stale, nextCursor",
        "recipent, bob@example.com, 'known are blockReason, clientAddress'",
    })
    void namesTheParameterAndWhatItTakes(String name, String value, String says) {
        as(Role.ADMIN)
                .queryParam(name, value)
                .get(MESSAGES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("errors.field", hasItem(name))
                .body("errors[0].message", containsString(says));
    }

    @Test
    void refusesATimeThatEndsBeforeItBegins() {
        as(Role.ADMIN)
                .get(MESSAGES + "?from=2026-11-24&to=2026-11-24")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("to"));
    }

    @Test
    void refusesACharacterThatNoTextHas() {
        as(Role.ADMIN)
                .urlEncodingEnabled(false)
                .get(MESSAGES + "?subject=a%00b")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("subject"));
    }

    @Test
    void refusesUnknownParametersOfDetails() {
        as(Role.ADMIN)
                .get(MESSAGES + "/00000000-0000-7000-8000-000000000000?verbose=1")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("verbose"))
                .body("errors[0].message", containsString("recipient"));
    }

    @Test
    void goesOnAfterwards() {
        as(Role.ADMIN).get(MESSAGES + "?limit=1").then().statusCode(200);
    }
}
