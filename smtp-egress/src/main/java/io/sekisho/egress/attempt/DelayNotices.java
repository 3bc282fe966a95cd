package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ChunkedContent;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.egress.schedule.ScheduledMessage;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells senders once that their message takes longer (RFC 5321 §4.5.4.1 asks for it after a few hours), whenever its next
 * attempt may be.
 *
 * <p>Thread safety: {@link #look} may be called from any thread, any number of times.
 */
final class DelayNotices {

    private static final Logger LOG = Logger.getLogger(DelayNotices.class);
    private static final int AT_ONCE = 50;

    private final Workplace place;
    private final Reports reports;
    private final EventPublisher events;
    private final ChunkReader reader;
    private final AtomicBoolean looking = new AtomicBoolean();

    DelayNotices(Workplace place, Reports reports, EventPublisher events, ChunkReader reader) {
        this.place = place;
        this.reports = reports;
        this.events = events;
        this.reader = reader;
    }

    /** Looks for recipients whose sender is to be told. */
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        place.schedule()
                .takeNoticesDue(place.clock().instant(), AT_ONCE, place.inHand().lease())
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(this::tell)
                        .collect()
                        .last())
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.debug(LogLine.of("delay notices wait").with(LogKey.CAUSE, failure)));
    }

    private Uni<Void> tell(ScheduledMessage message) {
        Envelope envelope = message.envelope();
        List<Reports.Entry> entries = new ArrayList<>();
        for (ScheduleEntry row : message.entries()) {
            recipient(envelope, row).ifPresent(to -> entries.add(entry(envelope, to, row)));
        }
        return reports.send(Action.DELAYED, envelope, new ChunkedContent(envelope.chunks(), reader), entries)
                .chain(sent -> events.publish(told(message, sent)))
                .chain(() -> Multi.createFrom()
                        .iterable(message.entries())
                        .onItem()
                        .transformToUniAndConcatenate(row -> place.schedule()
                                .noticed(
                                        envelope.id(),
                                        row.recipient(),
                                        place.inHand().lease().owner()))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private Reports.Entry entry(Envelope envelope, Recipient to, ScheduleEntry row) {
        ReportedRecipient about = new ReportedRecipient(
                to,
                // RFC 3463 §3.5: delivery time expired is 4.4.7; still under way, the same subject.
                "4.4.7",
                Optional.empty(),
                row.lastReply(),
                row.lastDetail().isPresent() ? ReportedRecipient.Reason.TOLD_BELOW : ReportedRecipient.Reason.WAITS,
                row.lastDetail().orElse(""),
                List.of(),
                Optional.empty(),
                place.clock().instant(),
                Optional.of(envelope.receivedAt().plus(place.settings().queueLifetime())));
        // One notice a recipient: whichever attempt is its last one, a repetition is the same report.
        return new Reports.Entry(about, 0, ReturnedExtent.HEADERS);
    }

    private List<MailEvent> told(ScheduledMessage message, List<SentReport> sent) {
        Envelope envelope = message.envelope();
        List<MailEvent> told = new ArrayList<>();
        for (SentReport report : sent) {
            told.add(place.conclusions().facts().queued(report.envelope()));
            for (ScheduleEntry row : message.entries()) {
                recipient(envelope, row)
                        .filter(to -> report.recipients().contains(to.forwardPath()))
                        .map(to -> delayed(envelope, to, row, report))
                        .ifPresent(told::add);
            }
        }
        return told;
    }

    private MailEvent delayed(Envelope envelope, Recipient to, ScheduleEntry row, SentReport report) {
        return MailEvent.of(
                        EventKind.DELAYED,
                        place.clock().instant(),
                        MessageFacts.of(envelope, to),
                        row.history().attempts())
                .withReportId(report.envelope().id());
    }

    private static Optional<Recipient> recipient(Envelope envelope, ScheduleEntry row) {
        return envelope.recipients().stream()
                .filter(to -> to.forwardPath().equals(row.recipient()))
                .findFirst();
    }
}
