package io.sekisho.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRatiosTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatItHasRecorded() throws Exception {
        Path file = directory.resolve("recorded.properties");
        RecordedRatios.read(file)
                .record(List.of(SampleResults.ofRatio("relay", 1.23), SampleResults.ofRatio("accept", 0.05)));
        RecordedRatios again = RecordedRatios.read(file);

        assertThat(again.of("relay")).hasValue(1.23);
        assertThat(again.of("accept")).hasValue(0.05);
        assertThat(again.of("search")).isEmpty();
    }

    @Test
    void keepsTheRatiosThatWereNotMeasuredAgain() throws Exception {
        Path file = directory.resolve("recorded.properties");
        Files.writeString(file, "relay=2.0\naccept=3.0\n");
        RecordedRatios.read(file).record(List.of(SampleResults.ofRatio("relay", 4)));

        assertThat(RecordedRatios.read(file).of("accept")).hasValue(3.0);
        assertThat(RecordedRatios.read(file).of("relay")).hasValue(4.0);
    }

    @Test
    void refusesALineThatIsNoRatio() throws Exception {
        Path file = directory.resolve("recorded.properties");
        Files.writeString(file, "relay\n");

        assertThatThrownBy(() -> RecordedRatios.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'relay'");
    }
}
