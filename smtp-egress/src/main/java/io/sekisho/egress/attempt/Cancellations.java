package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.ledger.ClaimAnswer;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.Cancellation;
import io.sekisho.egress.schedule.Cancellation.SenderNotice;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Ends what operators cancelled. A cancelled row is taken when no attempt is at it, claimed in the ledger like an attempt, and
 * concluded like one: so a pod may be killed at any step, and a message that was delivered meanwhile stays delivered.
 *
 * <p>Thread safety: {@link #look} may be called from any thread, any number of times.
 */
final class Cancellations {

    private static final Logger LOG = Logger.getLogger(Cancellations.class);
    private static final int AT_ONCE = 50;

    /** How long to wait for an attempt that the ledger knows of, and the schedule does not. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** RFC 3463 §3.4: other or undefined mail system status. */
    private static final String STATUS = "5.3.0";

    private final Workplace place;
    private final Reports reports;
    private final ChunkReader reader;
    private final AtomicBoolean looking = new AtomicBoolean();

    Cancellations(Workplace place, Reports reports, ChunkReader reader) {
        this.place = place;
        this.reports = reports;
        this.reader = reader;
    }

    /** Looks for cancelled rows; goes on as long as there are more than it takes at once. */
    void look() {
        if (place.inHand().isClosing() || !looking.compareAndSet(false, true)) {
            return;
        }
        place.schedule()
                .takeCancelled(place.clock().instant(), AT_ONCE, place.inHand().lease())
                .chain(taken -> Multi.createFrom()
                        .iterable(taken)
                        .onItem()
                        .transformToUniAndConcatenate(this::end)
                        .collect()
                        .last()
                        .replaceWith(taken.size()))
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(
                        count -> {
                            if (count == AT_ONCE) {
                                look();
                            }
                        },
                        failure -> LOG.debug(LogLine.of("cancellations wait").with(LogKey.CAUSE, failure)));
    }

    private Uni<Void> end(Cancellation cancelled) {
        ScheduleEntry row = cancelled.entry();
        Optional<Recipient> recipient = cancelled.envelope().recipients().stream()
                .filter(to -> to.forwardPath().equals(row.recipient()))
                .findFirst();
        if (recipient.isEmpty() || !place.inHand().enter(row.message(), row.recipient())) {
            return giveBack(row, AGAIN);
        }
        place.inHand().keepRowAlive(row);
        Addressee to = Addressee.scheduled(recipient.get(), row);
        return place.ledger()
                .claim(
                        row.message(),
                        Map.of(row.recipient(), to.attempt()),
                        Ledger.Origin.SCHEDULE,
                        Ledger.Company.ALONE)
                .chain(answers -> end(cancelled, to, answers.get(row.recipient())))
                .onTermination()
                .invoke(() -> {
                    to.claim().ifPresent(place.inHand()::forget);
                    place.inHand().forgetRow(row.message(), row.recipient());
                    place.inHand().leave(row.message(), row.recipient());
                });
    }

    private Uni<Void> end(Cancellation cancelled, Addressee to, ClaimAnswer answer) {
        MailInHand mail =
                new MailInHand(cancelled.envelope(), Body.stored(cancelled.envelope(), reader), Optional.empty());
        return switch (answer) {
            case ClaimAnswer.Granted(var claim) -> {
                to.claimed(Optional.of(claim));
                place.inHand().keepAlive(claim);
                yield cancel(cancelled, mail, to);
            }
            case ClaimAnswer.Unrecorded unrecorded -> {
                to.claimed(Optional.empty());
                yield cancel(cancelled, mail, to);
            }
            // What ends pods need not be tried to be given up.
            case ClaimAnswer.Poisonous poisonous -> cancel(cancelled, mail, to);
            case ClaimAnswer.Suspect suspect -> cancel(cancelled, mail, to);
            case ClaimAnswer.Concluded(var events) -> place.conclusions().repeated(mail, to, events);
            case ClaimAnswer.Held(Duration remaining) ->
                giveBack(cancelled.entry(), remaining.compareTo(AGAIN) < 0 ? remaining : AGAIN);
            case ClaimAnswer.Scheduled scheduled ->
                throw new IllegalStateException("said of the queue only: " + scheduled);
        };
    }

    private Uni<Void> cancel(Cancellation cancelled, MailInHand mail, Addressee to) {
        return report(cancelled, mail, to)
                .map(sent -> place.conclusions()
                        .facts()
                        .byOperator(
                                EventKind.CANCELLED,
                                mail.envelope(),
                                to,
                                "cancelled by an operator, key " + cancelled.by(),
                                sent))
                .chain(events -> conclude(mail, to, events));
    }

    private Uni<Void> conclude(MailInHand mail, Addressee to, List<MailEvent> events) {
        return place.conclusions().ended(mail, to, events).invoke(() -> {
            place.meters().cancelled();
            LOG.info(LogLine.of("cancelled")
                    .with(LogKey.MESSAGE, mail.id())
                    .with(LogKey.RECIPIENT, to.forwardPath())
                    .with(LogKey.DETAIL, events.get(0).detail()));
        });
    }

    private Uni<List<SentReport>> report(Cancellation cancelled, MailInHand mail, Addressee to) {
        if (cancelled.notice() == SenderNotice.NONE) {
            return Uni.createFrom().item(List.of());
        }
        ReportedRecipient about = new ReportedRecipient(
                to.recipient(),
                STATUS,
                Optional.empty(),
                cancelled.entry().lastReply(),
                ReportedRecipient.Reason.GIVEN_UP,
                cancelled.entry().lastDetail().orElse(""),
                List.of(),
                Optional.empty(),
                place.clock().instant(),
                Optional.empty());
        // Which requirement the mail had is not asked any more, so no content goes back.
        return reports.send(
                Action.FAILED,
                mail.envelope(),
                mail.body().content(),
                List.of(new Reports.Entry(about, to.attempt(), ReturnedExtent.HEADERS)));
    }

    private Uni<Void> giveBack(ScheduleEntry row, Duration pause) {
        Instant due = place.clock().instant().plus(pause);
        return place.schedule()
                .postpone(
                        row.after(due, row.history(), Optional.empty(), Optional.empty()),
                        place.inHand().lease().owner());
    }
}
