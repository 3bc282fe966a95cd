package io.sekisho.testkit.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that a peer saw, and waiting for it. Thread safe. */
final class Journal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RecordedSession> sessions = new ArrayList<>();
    private final List<RecordedMessage> messages = new ArrayList<>();
    private final Optional<Consumer<RecordedMessage>> taker;
    private int begun;

    /**
     * Empty.
     *
     * @param taker of messages in this journal's place
     */
    Journal(Optional<Consumer<RecordedMessage>> taker) {
        this.taker = taker;
    }

    RecordedSession begin() {
        lock.lock();
        try {
            RecordedSession session = new RecordedSession(++begun);
            sessions.add(session);
            changed.signalAll();
            return session;
        } finally {
            lock.unlock();
        }
    }

    void record(RecordedSession session, RecordedMessage message) {
        if (taker.isPresent()) {
            taker.get().accept(message);
            return;
        }
        lock.lock();
        try {
            session.add(message);
            messages.add(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(RecordedSession session) {
        note(() -> {
            session.end();
            if (taker.isPresent()) {
                sessions.remove(session);
            }
        });
    }

    void note(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<RecordedSession> sessions() {
        return read(() -> List.copyOf(sessions));
    }

    List<RecordedMessage> messages() {
        return read(() -> List.copyOf(messages));
    }

    /** Waits until the condition holds; false if it does not within the time. */
    boolean await(BooleanSupplier condition, Duration atMost) {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** One line per session, for a failed wait's message. */
    String summary() {
        return read(() -> {
            StringBuilder text = new StringBuilder();
            for (RecordedSession session : sessions) {
                text.append("\n  session ").append(session.number()).append(": ");
                text.append(session.tls().map(tls -> tls.version() + " ").orElse("no TLS "));
                text.append(session.commands());
                session.failure().ifPresent(failure -> text.append(" failed: ").append(failure));
            }
            return sessions.isEmpty() ? " nobody connected" : text.toString();
        });
    }

    private <T> T read(Supplier<T> reader) {
        lock.lock();
        try {
            return reader.get();
        } finally {
            lock.unlock();
        }
    }
}
