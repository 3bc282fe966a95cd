package io.sekisho.ingress.listener;

import io.sekisho.ingress.queue.IncomingMessage;
import io.sekisho.ingress.queue.MailQueue;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue in the test's hands: it keeps what it gets, and does to clients what Kafka could do. */
final class HeldQueue implements MailQueue {

    /** A message as it was queued, an octet a character. */
    record Held(Envelope envelope, String content) {}

    final List<Held> messages = new CopyOnWriteArrayList<>();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger begun = new AtomicInteger();

    volatile Optional<String> closed = Optional.empty();
    volatile boolean hasMemory = true;
    /** Completes with the outcome of the messages stored from now on. */
    volatile CompletableFuture<IncomingMessage.Outcome> outcome = stored();

    /** Congested once so many octets have come, until {@link #relieve}. */
    volatile int congestedAt = Integer.MAX_VALUE;

    private final List<Runnable> reliefs = new CopyOnWriteArrayList<>();

    static CompletableFuture<IncomingMessage.Outcome> stored() {
        return CompletableFuture.completedFuture(new IncomingMessage.Outcome.Stored());
    }

    void reset() {
        messages.clear();
        dropped.set(0);
        begun.set(0);
        closed = Optional.empty();
        hasMemory = true;
        outcome = stored();
        congestedAt = Integer.MAX_VALUE;
        reliefs.clear();
    }

    void relieve() {
        congestedAt = Integer.MAX_VALUE;
        reliefs.forEach(Runnable::run);
    }

    @Override
    public Optional<String> closedBecause() {
        return closed;
    }

    @Override
    public Optional<IncomingMessage> begin(UUID id, Executor owner, Flow flow) {
        begun.incrementAndGet();
        reliefs.add(() -> owner.execute(flow::relieved));
        return hasMemory ? Optional.of(new Incoming()) : Optional.empty();
    }

    private final class Incoming implements IncomingMessage {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public Appended append(ByteBuffer octets) {
            byte[] copy = new byte[octets.remaining()];
            octets.get(copy);
            content.writeBytes(copy);
            return Appended.TAKEN;
        }

        @Override
        public boolean isCongested() {
            return content.size() > congestedAt;
        }

        @Override
        public Uni<Outcome> store(Envelope envelope) {
            return Uni.createFrom().completionStage(outcome).invoke(result -> {
                if (result instanceof Outcome.Stored) {
                    messages.add(new Held(envelope, content.toString(StandardCharsets.ISO_8859_1)));
                }
            });
        }

        @Override
        public void drop() {
            dropped.incrementAndGet();
        }
    }
}
