package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.quarantine.QuarantinedMail.Position;
import io.sekisho.egress.queue.QueueIntake;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.queue.Receipt;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes the records of the intake queue: what can be attempted is begun, what cannot be read is kept in quarantine, what a
 * later version wrote stops its partition.
 *
 * <p>Thread safety: called by the consumer's thread; the budget is shared with all messages in hand.
 */
final class Intake implements QueueIntake {

    private final Workplace place;
    private final Budget budget;
    private final ContentWriter writer;
    private final ChunkReader reader;
    private final EventPublisher events;

    Intake(Workplace place, Budget budget, ContentWriter writer, ChunkReader reader, EventPublisher events) {
        this.place = place;
        this.budget = budget;
        this.writer = writer;
        this.reader = reader;
        this.events = events;
    }

    @Override
    public boolean hasRoom() {
        return budget.hasRoom() && place.planner().hasBegun();
    }

    @Override
    public void accept(QueueRecord record, Receipt receipt) {
        switch (QueuedMail.read(record)) {
            case QueuedMail.Attemptable(Envelope envelope) -> begin(envelope, record, receipt);
            case QueuedMail.LaterVersion(int version) ->
                receipt.block("partition " + record.partition() + " is paused at offset " + record.offset()
                        + ": its envelope is of version " + version + ", this smtp-egress reads up to "
                        + Envelope.VERSION + "; roll out egress before ingress");
            case QueuedMail.Unreadable unreadable -> quarantine(unreadable, record, receipt);
        }
    }

    private void begin(Envelope envelope, QueueRecord record, Receipt receipt) {
        Budget.Share share = take(record);
        Body body = envelope.isInline()
                ? Body.inline(envelope, record.value(), writer, reader, share::contentGone)
                : Body.stored(envelope, reader);
        MailInHand mail = new MailInHand(envelope, body, Optional.of(position(record)));
        new MessageWork(place, mail, Inbox.of(receipt), addressees(envelope), share::parked, share::finished).begin();
    }

    /** A recipient that was named twice gets the message once. */
    private static Collection<Addressee> addressees(Envelope envelope) {
        Map<String, Addressee> addressees = new LinkedHashMap<>();
        envelope.recipients().forEach(to -> addressees.putIfAbsent(to.forwardPath(), Addressee.queued(to)));
        return addressees.values();
    }

    private void quarantine(QueuedMail.Unreadable unreadable, QueueRecord record, Receipt receipt) {
        Budget.Share share = take(record);
        UUID id = MessageIds.derived(Topics.QUEUE, record.position(), "quarantine");
        QuarantinedMail mail = new QuarantinedMail(
                id,
                QuarantineReason.UNREADABLE,
                unreadable.detail(),
                unreadable.envelope().map(Envelope::id),
                Optional.empty(),
                1,
                Optional.of(position(record)),
                record.envelope(),
                Optional.of(record.value()));
        Patience.until("quarantine", () -> place.quarantine().keep(mail))
                .chain(() -> events.publish(quarantined(unreadable)))
                .chain(() -> Uni.createFrom().voidItem().invoke(receipt::acknowledge))
                .onTermination()
                .invoke(share::finished)
                .subscribe()
                .with(done -> {}, bug -> receipt.block("a record could not be quarantined: " + bug));
    }

    /** Only of a message that is known, for recipients that are. */
    private List<MailEvent> quarantined(QueuedMail.Unreadable unreadable) {
        Optional<Envelope> known = unreadable
                .envelope()
                .filter(envelope ->
                        envelope.id() != null && envelope.receivedAt() != null && envelope.reversePath() != null);
        return known.map(envelope -> envelope.recipients().stream()
                        .filter(to -> to.forwardPath() != null && to.domain() != null && to.direction() != null)
                        .map(to -> quarantined(envelope, to, unreadable.detail()))
                        .toList())
                .orElse(List.of());
    }

    private MailEvent quarantined(Envelope envelope, Recipient to, String detail) {
        return MailEvent.of(EventKind.QUARANTINED, place.clock().instant(), MessageFacts.of(envelope, to), 1)
                .withDetail(detail);
    }

    private Budget.Share take(QueueRecord record) {
        return budget.take(record.envelope().map(envelope -> envelope.length).orElse(0), record.value().length);
    }

    private static Position position(QueueRecord record) {
        return new Position(record.partition(), record.offset());
    }
}
