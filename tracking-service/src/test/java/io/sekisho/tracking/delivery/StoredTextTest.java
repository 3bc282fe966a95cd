package io.sekisho.tracking.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoredTextTest {

    @Test
    void leavesOrdinaryTextAlone() {
        assertThat(StoredText.line("Grüße 関所 😀")).isEqualTo("Grüße 関所 😀");
    }

    @Test
    void replacesWhatPostgresqlCannotHold() {
        assertThat(StoredText.of("a\0b\uD83Dc")).isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void cutsALongLineBetweenCharacters() {
        String line = StoredText.line("a" + "関".repeat(400));
        assertThat(line).isEqualTo("a" + "関".repeat(332));
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSize(997);
    }
}
