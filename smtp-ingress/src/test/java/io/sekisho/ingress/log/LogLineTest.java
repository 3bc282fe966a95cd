package io.sekisho.ingress.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void writesKeysAndValues() {
        assertThat(LogLine.of("queue-message").with(LogKey.SIZE, 12).with(LogKey.REASON, "two words"))
                .hasToString("action=queue-message size=12 reason=\"two words\"");
    }

    @Test
    void letsNoValueForgeALineOrAKey() {
        assertThat(LogLine.of("x").with(LogKey.SENDER, "a\r\naction=y\u2028\" result=queued"))
                .hasToString("action=x sender=\"a??action=y?' result=queued\"");
        assertThat(LogLine.of("x").with(LogKey.SENDER, "")).hasToString("action=x sender=\"\"");
    }

    @Test
    void cutsLongValues() {
        assertThat(LogLine.of("x").with(LogKey.SENDER, "y".repeat(10_000)).toString())
                .hasSizeLessThan(2_100);
    }
}
