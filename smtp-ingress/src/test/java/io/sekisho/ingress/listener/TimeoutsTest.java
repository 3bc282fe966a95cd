package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.ingress.session.Dialogue.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An idle time-out of 10, and 100 for the content of one message. */
class TimeoutsTest {

    private final Timeouts timeouts = new Timeouts(Duration.ofNanos(10), Duration.ofNanos(100), 0);

    @Test
    void givesACommandItsTimeFromTheLastReply() {
        timeouts.heard(9, Phase.COMMANDS);

        assertThat(timeouts.haveRunOut(10)).isFalse();
        assertThat(timeouts.haveRunOut(11)).isTrue();
    }

    @Test
    void givesContentItsTimeFromEachPieceButOneTimeInAll() {
        for (int now = 0; now <= 100; now += 10) {
            timeouts.heard(now, Phase.CONTENT);
        }

        assertThat(timeouts.haveRunOut(100)).isFalse();
        assertThat(timeouts.haveRunOut(101)).isTrue();
    }

    @Test
    void givesAMessageInChunksNoMoreTimeForItsReplies() {
        for (int now = 0; now <= 100; now += 10) {
            timeouts.heard(now, Phase.CONTENT);
            timeouts.replied(now, Phase.BETWEEN_CHUNKS);
            timeouts.heard(now, Phase.BETWEEN_CHUNKS);
        }

        assertThat(timeouts.haveRunOut(100)).isFalse();
        assertThat(timeouts.haveRunOut(101)).isTrue();
    }

    @Test
    void startsAnewWithTheReplyToAMessage() {
        timeouts.heard(0, Phase.CONTENT);
        timeouts.replied(95, Phase.COMMANDS);
        timeouts.heard(100, Phase.CONTENT);

        assertThat(timeouts.haveRunOut(105)).isFalse();
    }
}
