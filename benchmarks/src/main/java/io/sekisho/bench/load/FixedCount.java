package io.sekisho.bench.load;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many messages over kept connections, and no more.
 *
 * @param sessions at once
 */
public record FixedCount(int port, SessionKind kind, int sessions, LoadMessage message) {

    /** Returns when the last was taken. */
    public void send(int messages) throws Exception {
        AtomicInteger left = new AtomicInteger(messages);
        Sessions.run(sessions, () -> {
            SmtpConnection connection = SmtpConnection.open(port, kind);
            try {
                while (left.getAndDecrement() > 0) {
                    connection.send(message);
                }
                connection.quit();
            } finally {
                connection.close();
            }
            return null;
        });
    }
}
