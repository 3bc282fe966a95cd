package io.sekisho.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that connect, start TLS, greet and leave, again and again.
 *
 * @param clients at once
 */
public record HandshakeLoop(int port, int clients) {

    /** New TLS connections per second. */
    public double rate(Duration span) throws Exception {
        LongAdder made = new LongAdder();
        long began = System.nanoTime();
        long end = began + span.toNanos();
        Sessions.run(clients, () -> {
            while (System.nanoTime() < end) {
                try (SmtpConnection connection = SmtpConnection.open(port, SessionKind.STARTTLS)) {
                    connection.quit();
                }
                made.increment();
            }
            return null;
        });
        return made.sum() * 1e9 / (System.nanoTime() - began);
    }
}
