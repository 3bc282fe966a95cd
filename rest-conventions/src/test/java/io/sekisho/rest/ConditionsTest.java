package io.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.emptyString;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ConditionsTest extends RestTestSetup {

    @Test
    void givesTheTagAndAcceptsItBack() {
        String tag = asAdmin()
                .get("/ledger/example.com")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        asAdmin()
                .header("If-None-Match", tag)
                .get("/ledger/example.com")
                .then()
                .statusCode(304)
                .body(emptyString());
        asAdmin()
                .header("If-Match", tag)
                .body("{}")
                .put("/ledger/example.com")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match      | *          | 200",
                "If-Match      | \"7\"        | 200",
                "If-Match      | \"6\", \"7\"   | 200",
                "If-Match      | \"6\"        | 412",
                "If-Match      | W/\"7\"      | 412",
                "If-Match      | 7          | 400",
                "If-Match      | \"6\",       | 400",
                "If-None-Match | *          | 412",
                "If-None-Match | \"7\"        | 412",
                "If-None-Match | W/\"7\"      | 412",
                "If-None-Match | \"6\"        | 200",
            })
    void holdsAWriteToItsCondition(String header, String value, int status) {
        asAdmin()
                .header(header, value)
                .body("{}")
                .put("/ledger/example.com")
                .then()
                .statusCode(status);
    }

    @Test
    void knowsWhatDoesNotExist() {
        assertThatThrownBy(() -> conditions("*", null).requireFor(Optional.empty()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(412));
        assertThatCode(() -> conditions(null, "*").requireFor(Optional.empty())).doesNotThrowAnyException();
    }

    private static Conditions conditions(String ifMatch, String ifNoneMatch) {
        Conditions conditions = new Conditions();
        conditions.ifMatch = ifMatch;
        conditions.ifNoneMatch = ifNoneMatch;
        return conditions;
    }
}
