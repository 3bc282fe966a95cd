package io.sekisho.ingress.listener;

import io.sekisho.ingress.event.EventLog;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.queue.IncomingMessage;
import io.sekisho.ingress.queue.MailQueue;
import io.sekisho.ingress.session.Effect;
import io.sekisho.ingress.session.SessionInput;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Carries out what a session wants of the queue and of the event log, and answers it.
 *
 * <p><b>Thread safety:</b> none; the connection's event loop only, where all answers come too.
 */
final class MailEffects implements MailQueue.Flow {

    /** How long a refusal waits for its event. */
    static final Duration EVENT_PATIENCE = Duration.ofSeconds(2);

    /** RECEIVED and QUEUED. */
    private static final int EVENTS_PER_RECIPIENT = 2;

    private final MailQueue queue;
    private final EventLog events;
    private final IngressMetrics metrics;
    private final SessionLog log;
    private final Executor owner;
    private final Consumer<SessionInput> answers;
    private final Runnable relief;

    private Optional<IncomingMessage> message = Optional.empty();
    private int places;
    private boolean eventsAreLate;

    MailEffects(
            SessionServices services, SessionLog log, Executor owner, Consumer<SessionInput> answers, Runnable relief) {
        this.queue = services.queue();
        this.events = services.events();
        this.metrics = services.metrics();
        this.log = log;
        this.owner = owner;
        this.answers = answers;
        this.relief = relief;
    }

    void open(Effect.OpenContent open) {
        Optional<String> closed = queue.closedBecause();
        if (closed.isPresent()) {
            unavailable(SessionInput.Shortage.QUEUE, closed.get());
            return;
        }
        int wanted = EVENTS_PER_RECIPIENT * open.recipients();
        if (!events.reserve(wanted)) {
            unavailable(SessionInput.Shortage.QUEUE, "too many events wait for Kafka");
            return;
        }
        places = wanted;
        message = queue.begin(open.id(), owner, this);
        if (message.isEmpty()) {
            releasePlaces();
            unavailable(SessionInput.Shortage.MEMORY, "the memory for content is used up");
            return;
        }
        metrics.messageOpened();
        answers.accept(new SessionInput.ContentOpened());
    }

    void append(ByteBuffer octets) {
        if (message.isPresent() && message.get().append(octets) == IncomingMessage.Appended.NO_MEMORY) {
            unavailable(SessionInput.Shortage.MEMORY, "the memory for content is used up");
        }
    }

    void drop() {
        if (message.isPresent()) {
            message.get().drop();
            metrics.messageDropped();
        }
        message = Optional.empty();
        releasePlaces();
    }

    void store(Effect.Store store) {
        IncomingMessage whole = message.orElseThrow(() -> new IllegalStateException("no message is open"));
        message = Optional.empty();
        long begun = System.nanoTime();
        Consumer<IncomingMessage.Outcome> ended = outcome -> {
            switch (outcome) {
                case IncomingMessage.Outcome.Stored stored ->
                    queued(store.envelope(), Duration.ofNanos(System.nanoTime() - begun));
                case IncomingMessage.Outcome.NotStored(String reason) -> notQueued(store.envelope(), reason);
            }
        };
        whole.store(store.envelope())
                .subscribe()
                .with(
                        outcome -> owner.execute(() -> ended.accept(outcome)),
                        bug -> owner.execute(
                                () -> ended.accept(new IncomingMessage.Outcome.NotStored(bug.toString()))));
    }

    private void queued(Envelope envelope, Duration took) {
        metrics.messageQueued(envelope.size(), took);
        metrics.recipientsAccepted(envelope.recipients().size());
        log.queued(envelope, took);
        answers.accept(new SessionInput.Stored());
    }

    private void notQueued(Envelope envelope, String reason) {
        releasePlaces();
        metrics.messageNotQueued();
        log.notQueued(envelope, reason);
        answers.accept(new SessionInput.NotStored(reason));
    }

    /** Writes the events of a refusal; the reply waits for them, but not for ever. */
    void await(List<MailEvent> refusals) {
        for (MailEvent refusal : refusals) {
            metrics.recipientsRefused(1, refusal.blockReason());
            log.refused(refusal);
        }
        if (!events.reserve(refusals.size())) {
            metrics.eventsLost(refusals.size());
            answers.accept(new SessionInput.Recorded());
            return;
        }
        Uni<Void> written = events.write(refusals);
        written.emitOn(owner).subscribe().with(done -> eventsAreLate = false, log::bug);
        // A client with many refused recipients is not made to wait for each while Kafka is away.
        Duration patience = eventsAreLate ? Duration.ofMillis(1) : EVENT_PATIENCE;
        written.replaceWith(false)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(true)
                .onFailure()
                .recoverWithItem(true)
                .emitOn(owner)
                .subscribe()
                .with(late -> {
                    if (late) {
                        eventsAreLate = true;
                        metrics.refusalUnconfirmed();
                    }
                    answers.accept(new SessionInput.Recorded());
                });
    }

    /** Writes events for which nobody waits; those of a queued message have their places already. */
    void tell(List<MailEvent> facts) {
        for (MailEvent fact : facts) {
            if (fact.kind() == EventKind.HANDSHAKE_FAILED) {
                log.handshakeFailed(fact);
            }
        }
        boolean reserved = places >= facts.size();
        if (reserved) {
            places -= facts.size();
        } else if (!events.reserve(facts.size())) {
            metrics.eventsLost(facts.size());
            return;
        }
        events.begin(facts);
        releasePlaces();
    }

    boolean isCongested() {
        return message.isPresent() && message.get().isCongested();
    }

    @Override
    public void relieved() {
        relief.run();
    }

    @Override
    public void failed(String reason) {
        unavailable(SessionInput.Shortage.QUEUE, reason);
    }

    private void unavailable(SessionInput.Shortage shortage, String reason) {
        log.unavailable(shortage, reason);
        answers.accept(new SessionInput.ContentUnavailable(shortage, reason));
    }

    private void releasePlaces() {
        events.release(places);
        places = 0;
    }
}
