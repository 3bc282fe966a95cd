package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ChunkedContent;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.content.InlineContent;
import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantineShelf;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.quarantine.Reinstatement;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets mail out of the quarantine by an operator's hand: into the schedule again, or to its end with a report. A message
 * leaves the quarantine in the transaction that makes its rows, so it is released once, whoever is killed.
 *
 * <p>Thread safety: all methods. Every result fails where something of ours is out of reach, and may be asked for again.
 */
public final class QuarantineDesk {

    /** Of what is written to Kafka and Redis meanwhile: a transaction is open. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** RFC 3463 §3.4: other or undefined mail system status. */
    private static final String STATUS = "5.3.0";

    private final Workplace place;
    private final Reports reports;
    private final EventPublisher events;
    private final ContentWriter writer;
    private final ChunkReader reader;
    private final QuarantineShelf shelf;

    QuarantineDesk(Workplace place, Reports reports, AttemptParts parts, QuarantineShelf shelf) {
        this.place = place;
        this.reports = reports;
        this.events = parts.events();
        this.writer = parts.contentWriter();
        this.reader = parts.contentReader();
        this.shelf = shelf;
    }

    /** Puts it into the schedule, due now; its attempts are numbered behind those that were made. */
    public Uni<Release> release(UUID id, String by) {
        return shelf.find(id)
                .chain(found -> found.map(kept -> release(kept, by))
                        .orElseGet(() -> Uni.createFrom().item(new Release.Gone())));
    }

    /** Gives it up. The sender is told, unless that was done when it was kept, or nobody can be told. */
    public Uni<Release> bounce(UUID id, String by) {
        return shelf.find(id)
                .chain(found -> found.map(kept -> bounce(kept, by))
                        .orElseGet(() -> Uni.createFrom().item(new Release.Gone())));
    }

    private Uni<Release> release(QuarantinedMail kept, String by) {
        return switch (QueuedMail.read(record(kept))) {
            case QueuedMail.LaterVersion(int version) -> refused("its envelope is of the later version " + version);
            case QueuedMail.Unreadable it -> refused("it cannot be read: " + it.detail());
            case QueuedMail.Attemptable(Envelope envelope) ->
                checked(kept, envelope)
                        .chain(() -> stored(kept, envelope))
                        .chain(stored -> reinstate(kept, stored, by))
                        .onFailure(ContentUnavailable.class)
                        .recoverWithUni(lost -> refused("its content is not there: " + lost.getMessage()));
        };
    }

    /** Every part is there and as it was received; only then it is worth another attempt. */
    private Uni<Void> checked(QuarantinedMail kept, Envelope envelope) {
        MessageContent content = content(kept, envelope);
        return Multi.createFrom()
                .range(0, content.parts())
                .onItem()
                .transformToUniAndConcatenate(content::part)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private MessageContent content(QuarantinedMail kept, Envelope envelope) {
        return envelope.isInline()
                ? new InlineContent(kept.content().orElse(new byte[0]))
                : new ChunkedContent(envelope.chunks(), reader);
    }

    private Uni<Envelope> stored(QuarantinedMail kept, Envelope envelope) {
        return envelope.isInline()
                ? writer.write(envelope.id(), kept.content().orElse(new byte[0]))
                        .map(envelope::withChunks)
                : Uni.createFrom().item(envelope);
    }

    private Uni<Release> reinstate(QuarantinedMail kept, Envelope envelope, String by) {
        Instant now = place.clock().instant();
        MailInHand mail = new MailInHand(envelope, Body.stored(envelope, reader), Optional.empty());
        List<Addressee> addressees = addressees(kept, envelope, kept.attempt());
        List<ScheduleEntry> rows = addressees.stream()
                .map(to -> place.conclusions().entry(mail, to, now))
                .toList();
        List<String> recipients =
                addressees.stream().map(Addressee::forwardPath).toList();
        return shelf.reinstate(kept.id(), () -> forgotten(envelope.id(), recipients), envelope, rows)
                .call(outcome -> outcome == Reinstatement.DONE
                        ? told(mail, addressees, now, by)
                        : Uni.createFrom().voidItem())
                .map(outcome -> switch (outcome) {
                    case DONE -> new Release.Done(Optional.of(envelope.id()), recipients, 0);
                    case GONE -> new Release.Gone();
                    case STILL_ENDING -> new Release.Refused("its end is still being written; try again in a moment");
                });
    }

    /** The ledger says that they ended; if it went on saying so they would never be attempted. */
    private Uni<Void> forgotten(UUID message, List<String> recipients) {
        return place.ledger().forget(message, recipients).map(written -> {
            if (written == Ledger.Written.ABSENT) {
                throw new IllegalStateException("the attempt ledger is out of reach");
            }
            return null;
        });
    }

    /** So that tracking does not show them in quarantine; without Kafka their next event does it. */
    private Uni<Void> told(MailInHand mail, List<Addressee> addressees, Instant now, String by) {
        Disposition.Postpone released =
                new Disposition.Postpone(now, "released from the quarantine by an operator, key " + by);
        List<MailEvent> all = addressees.stream()
                .flatMap(to -> place.conclusions().facts().postponed(mail.envelope(), to, released).stream())
                .toList();
        return events.publish(all).ifNoItem().after(LIMIT).recoverWithItem((Void) null);
    }

    private Uni<Release> bounce(QuarantinedMail kept, String by) {
        Optional<Envelope> readable = QueuedMail.read(record(kept)) instanceof QueuedMail.Attemptable(Envelope envelope)
                ? Optional.of(envelope)
                : Optional.empty();
        List<SentReport> sent = new ArrayList<>();
        return shelf.remove(
                        kept.id(),
                        () -> readable.map(envelope -> end(kept, envelope, by, sent))
                                .orElseGet(() -> Uni.createFrom().voidItem())
                                .ifNoItem()
                                .after(LIMIT)
                                .fail())
                .map(done -> done
                        ? new Release.Done(
                                readable.map(Envelope::id).or(kept::message),
                                readable.map(envelope -> addressees(kept, envelope, 0).stream()
                                                .map(Addressee::forwardPath)
                                                .toList())
                                        .orElse(List.of()),
                                sent.size())
                        : new Release.Gone());
    }

    private Uni<Void> end(QuarantinedMail kept, Envelope envelope, String by, List<SentReport> sent) {
        List<Addressee> addressees = addressees(kept, envelope, kept.attempt() - 1);
        Uni<List<SentReport>> reported = kept.reason() == QuarantineReason.CONTENT_LOST
                // Its sender heard of it when it was kept.
                ? Uni.createFrom().item(List.of())
                : reports.send(
                        Action.FAILED,
                        envelope,
                        content(kept, envelope),
                        addressees.stream().map(this::entry).toList());
        return reported.invoke(sent::addAll)
                .chain(() -> events.publish(addressees.stream()
                        .flatMap(to -> place
                                .conclusions()
                                .facts()
                                .byOperator(
                                        EventKind.BOUNCED,
                                        envelope,
                                        to,
                                        "given up in the quarantine by an operator, key " + by,
                                        sent)
                                .stream())
                        .toList()));
    }

    private Reports.Entry entry(Addressee to) {
        ReportedRecipient about = new ReportedRecipient(
                to.recipient(),
                STATUS,
                Optional.empty(),
                Optional.empty(),
                ReportedRecipient.Reason.GIVEN_UP,
                "The gateway could not process it.",
                List.of(),
                Optional.empty(),
                place.clock().instant(),
                Optional.empty());
        return new Reports.Entry(about, to.attempt(), ReturnedExtent.HEADERS);
    }

    private static List<Addressee> addressees(QuarantinedMail kept, Envelope envelope, int attempts) {
        Map<String, Addressee> addressees = new LinkedHashMap<>();
        envelope.recipients().stream()
                .filter(to -> kept.recipient().map(to.forwardPath()::equals).orElse(true))
                .forEach(to -> addressees.putIfAbsent(to.forwardPath(), Addressee.after(to, attempts)));
        return List.copyOf(addressees.values());
    }

    private static QueueRecord record(QuarantinedMail kept) {
        return new QueueRecord(
                kept.position().map(QuarantinedMail.Position::partition).orElse(-1),
                kept.position().map(QuarantinedMail.Position::offset).orElse(-1L),
                kept.envelope(),
                kept.content().orElse(new byte[0]));
    }

    private static Uni<Release> refused(String why) {
        return Uni.createFrom().item(new Release.Refused(why));
    }
}
