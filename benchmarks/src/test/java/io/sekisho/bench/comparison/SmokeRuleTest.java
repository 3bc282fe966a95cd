package io.sekisho.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeRuleTest {

    @TempDir
    private Path directory;

    private RecordedRatios recorded;

    @BeforeEach
    void record() throws Exception {
        Path file = directory.resolve("recorded.properties");
        Files.writeString(file, "# people's words\naccept.tls=4.0\n");
        recorded = RecordedRatios.read(file);
    }

    @Test
    void failsBelowHalfOfWhatWasRecordedAndNamesBoth() {
        assertThat(SmokeRule.violation(SampleResults.ofRatio("accept.tls", 1.99), recorded))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("accept.tls", "1.99", "4.00", "its peer"));
    }

    @Test
    void doesNotFailAtHalf() {
        assertThat(SmokeRule.violation(SampleResults.ofRatio("accept.tls", 2.0), recorded))
                .isEmpty();
    }

    @Test
    void holdsNothingToARatioThatWasNeverRecorded() {
        assertThat(SmokeRule.violation(SampleResults.ofRatio("relay", 0.001), recorded))
                .isEmpty();
    }
}
