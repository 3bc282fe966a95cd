package io.sekisho.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedSectionsTest {

    private static final String PAGE = """
            # Benchmarks
            words

            <!-- begin: accept -->
            old
            <!-- end: accept -->

            more words
            """;

    @Test
    void replacesWhatStandsBetweenTheMarksAndNothingElse() {
        assertThat(GeneratedSections.replaced(PAGE, "accept", "new\n")).isEqualTo(PAGE.replace("old", "new"));
    }

    @Test
    void appendsASectionThatIsNotThere() {
        assertThat(GeneratedSections.replaced(PAGE, "relay", "fast"))
                .startsWith(PAGE)
                .endsWith("<!-- begin: relay -->\nfast\n<!-- end: relay -->\n");
    }
}
