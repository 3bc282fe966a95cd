package io.sekisho.ingress.listener;

import io.sekisho.ingress.event.EventLog;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An event log in the test's hands. */
final class HeldEvents implements EventLog {

    final List<MailEvent> events = new CopyOnWriteArrayList<>();
    final AtomicInteger places = new AtomicInteger();

    volatile boolean full;
    /** Completes when the events written from now on are acknowledged. */
    volatile CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);

    void reset() {
        events.clear();
        full = false;
        acknowledged = CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean reserve(int count) {
        if (full) {
            return false;
        }
        places.addAndGet(count);
        return true;
    }

    @Override
    public void release(int count) {
        places.addAndGet(-count);
    }

    @Override
    public void begin(List<MailEvent> more) {
        events.addAll(more);
        release(more.size());
    }

    @Override
    public Uni<Void> write(List<MailEvent> more) {
        begin(more);
        CompletableFuture<Void> now = acknowledged;
        // A copy, since whoever gives up waiting cancels what it waits for.
        return Uni.createFrom().completionStage(now::copy);
    }
}
