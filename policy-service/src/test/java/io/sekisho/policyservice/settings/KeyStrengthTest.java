package io.sekisho.policyservice.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyStrengthTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret                                       | must begin with sk_",
                "SK_0123456789abcdef0123456789abcdef          | must begin with sk_",
                "sk_changeme                                  | too short",
                "sk_0123456789abcdef0123456789abcde           | too short",
                "sk_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  | too easy",
                "sk_0123456789abcdef 0123456789abcdef         | printable",
            })
    void refusesAWeakKeyWithoutRepeatingIt(String key, String fault) {
        assertThat(KeyStrength.fault(key))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains(fault)
                        .contains("openssl rand")
                        .doesNotContain(key));
    }

    @Test
    void takesARandomOne() {
        assertThat(KeyStrength.fault("sk_7d1f4b0c9a3e5268f0d1b2c3a4958677")).isEmpty();
    }
}
