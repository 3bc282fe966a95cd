package io.sekisho.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sessions that each send their next message when the last one was taken: how much a server takes in all.
 *
 * @param sessions at once
 */
public record ClosedLoop(int port, SessionKind kind, Connections connections, int sessions, LoadMessage message) {

    /**
     * Sends for a while.
     *
     * @return messages per second, from the first connection to the last answer
     */
    public double rate(Duration span) throws Exception {
        LongAdder taken = new LongAdder();
        long began = System.nanoTime();
        long end = began + span.toNanos();
        Sessions.run(sessions, () -> {
            send(end, taken);
            return null;
        });
        return taken.sum() * 1e9 / (System.nanoTime() - began);
    }

    private void send(long end, LongAdder taken) throws Exception {
        while (System.nanoTime() < end) {
            SmtpConnection connection = SmtpConnection.open(port, kind);
            try {
                do {
                    connection.send(message);
                    taken.increment();
                } while (connections == Connections.KEPT && System.nanoTime() < end);
                connection.quit();
            } finally {
                connection.close();
            }
        }
    }
}
