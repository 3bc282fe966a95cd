package io.sekisho.tracking.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "bob@example.com, Bob@EXAMPLE.com, true",
        "bob@example.com, bob@example.com.au, false",
        "*@example.com, bob@example.com, true",
        "*@example.com, bob@sub.example.com, false",
        "bob*, bob, true",
        "*or*er*, Order 1, true",
        "*, '', true",
        "a.c, abc, false",
        "a_c, abc, false",
        "a%, abc, false",
        "a\\Eb, a\\Eb, true",
    })
    void matches(String glob, String text, boolean expected) {
        assertThat(new Glob(glob).matches(text)).isEqualTo(expected);
    }

    @Test
    void takesTheMeaningFromThePatternsOfSql() {
        assertThat(new Glob("100%_\\*").like()).isEqualTo("100\\%\\_\\\\%");
    }

    @Test
    void countsManyStarsInARowAsOne() {
        assertThat(new Glob("a******b").text()).isEqualTo("a*b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*a*b*c*d*e*f", "nul\0"})
    void refuses(String text) {
        assertThatThrownBy(() -> new Glob(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
