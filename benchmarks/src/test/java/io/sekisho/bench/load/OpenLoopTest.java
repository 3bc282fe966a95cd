package io.sekisho.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final LoadMessage MESSAGE = LoadMessage.of("a@one.example", "b@two.example", 400);

    @Test
    void sendsAsManyAsTheScheduleHolds() throws Exception {
        try (SmtpSink sink = new SmtpSink()) {
            Latencies latencies =
                    new OpenLoop(sink.port(), SessionKind.PLAIN, 4, MESSAGE).run(200, Duration.ofMillis(500));

            assertThat(latencies.count()).isEqualTo(100);
            assertThat(sink.taken()).isEqualTo(100);
        }
    }

    @Test
    void countsTheWaitForASessionThatIsBusy() throws Exception {
        // One session and a hundred messages meant to be sent within a millisecond: only the first is sent in time.
        try (SmtpSink sink = new SmtpSink()) {
            Latencies all = new OpenLoop(sink.port(), SessionKind.PLAIN, 1, MESSAGE).run(100_000, Duration.ofMillis(1));

            // A closed loop would have counted a hundred times the time of one message.
            assertThat(all.count()).isEqualTo(100);
            assertThat(all.millisAt(100)).isGreaterThan(5 * all.millisAt(1));
        }
    }

    @Test
    void closedLoopAndSinkCountTheSame() throws Exception {
        try (SmtpSink sink = new SmtpSink()) {
            new FixedCount(sink.port(), SessionKind.PLAIN, 3, MESSAGE).send(50);

            assertThat(sink.taken()).isEqualTo(50);
        }
    }
}
