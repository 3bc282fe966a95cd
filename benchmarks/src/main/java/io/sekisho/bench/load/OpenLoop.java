package io.sekisho.bench.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages sent on a fixed schedule over kept connections: how long each takes, counted from when it was meant to be sent.
 *
 * @param sessions that take from the schedule
 */
public record OpenLoop(int port, SessionKind kind, int sessions, LoadMessage message) {

    private static final long LEAD_NANOS = 300_000_000;

    /** Sends {@code perSecond × span} messages and returns when the last was taken. */
    public Latencies run(double perSecond, Duration span) throws Exception {
        Latencies latencies = new Latencies();
        // Time for the connections: they are not what is measured.
        ArrivalSchedule schedule = new ArrivalSchedule(
                System.nanoTime() + LEAD_NANOS, perSecond, Math.max(1, Math.round(perSecond * span.toNanos() / 1e9)));
        Sessions.run(sessions, () -> {
            send(schedule, latencies);
            return null;
        });
        return latencies;
    }

    private void send(ArrivalSchedule schedule, Latencies latencies) throws Exception {
        SmtpConnection connection = SmtpConnection.open(port, kind);
        try {
            for (long intended = schedule.take(); intended != ArrivalSchedule.NONE; intended = schedule.take()) {
                for (long early = intended - System.nanoTime(); early > 0; early = intended - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                connection.send(message);
                latencies.add(System.nanoTime() - intended);
            }
            connection.quit();
        } finally {
            connection.close();
        }
    }
}
