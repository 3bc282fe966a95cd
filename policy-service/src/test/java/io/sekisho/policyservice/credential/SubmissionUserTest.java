package io.sekisho.policyservice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Faults;
import io.sekisho.rest.FieldError;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionUserTest {
    private static final DomainName DOMAIN = DomainName.parse("bücher.example");

    private final Faults faults = new Faults();

    @ParameterizedTest
    @CsvSource({
        "anna,                              anna@xn--bcher-kva.example",
        "Anna.B_c-D+9,                      anna.b_c-d+9@xn--bcher-kva.example",
        "ANNA@BÜCHER.example.,              anna@xn--bcher-kva.example",
        "anna@xn--bcher-kva.example,        anna@xn--bcher-kva.example"
    })
    void readsAnySpelling(String text, String user) {
        assertThat(SubmissionUser.read(faults, DOMAIN, text)).isEqualTo(Optional.of(user));
        assertThat(faults.all()).isEmpty();
    }

    @Test
    void takesANameOf64Octets() {
        assertThat(SubmissionUser.read(faults, DOMAIN, "a".repeat(64))).isPresent();
        assertThat(SubmissionUser.read(faults, DOMAIN, "a".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    // The last but one is the Kelvin sign, whose lower case is an ASCII k.
    @ValueSource(
            strings = {
                "",
                "@bücher.example",
                "anna@",
                "anna@bücher.example@bücher.example",
                "anna@other.example",
                "anna@sub.bücher.example",
                "anna b",
                " anna",
                "anna\n",
                "a/b",
                "a\u0000b",
                "\u212Aelvin",
                "änna"
            })
    void refusesWhatIsNoUserOfTheDomain(String text) {
        assertThat(SubmissionUser.read(faults, DOMAIN, text)).isEmpty();
        assertThat(faults.all()).extracting(FieldError::field).containsExactly("user");
    }
}
