package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.NotifyWish;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.failure.History;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.schedule.Schedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.event.ReplyFacts;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes durable what came of an attempt, in an order in which a pod may be killed between any two steps.
 *
 * <ul>
 *   <li>An end: the ledger first, with the events, so that it is not attempted again; then the events; then the row goes.
 *   <li>A deferral: the events first (they repeat under the same ids if the attempt does), then the row, then the ledger.
 * </ul>
 *
 * <p>Thread safety: none of its own; the addressees belong to the caller's context, where the results must arrive too.
 */
final class Conclusions {

    private final AttemptFacts facts;
    private final EventPublisher events;
    private final Ledger ledger;
    private final Schedule schedule;
    private final InHand inHand;
    private final Duration delayNoticeAfter;

    Conclusions(
            AttemptFacts facts,
            EventPublisher events,
            Ledger ledger,
            Schedule schedule,
            InHand inHand,
            Duration delayNoticeAfter) {
        this.facts = facts;
        this.events = events;
        this.ledger = ledger;
        this.schedule = schedule;
        this.inHand = inHand;
        this.delayNoticeAfter = delayNoticeAfter;
    }

    AttemptFacts facts() {
        return facts;
    }

    /** The recipient has its outcome, which these events tell. */
    Uni<Void> ended(MailInHand mail, Addressee to, List<MailEvent> what) {
        return ended(mail, to, what, Uni.createFrom().item(List.of()));
    }

    /**
     * The recipient has its outcome, which these events tell.
     *
     * @param then done once the ledger has it; its events are told with the others
     */
    Uni<Void> ended(MailInHand mail, Addressee to, List<MailEvent> what, Uni<List<MailEvent>> then) {
        return ledger.conclude(mail.id(), to.forwardPath(), what)
                .map(written -> written == Ledger.Written.RECORDED
                        ? what
                        : what.stream().map(MailEvent::withLedgerAbsent).toList())
                .chain(told -> then.map(
                        more -> Stream.concat(told.stream(), more.stream()).toList()))
                .chain(events::publish)
                .chain(() -> rowGoes(mail, to));
    }

    /** It was concluded before: the same events again. */
    Uni<Void> repeated(MailInHand mail, Addressee to, List<MailEvent> what) {
        return events.publish(what).chain(() -> rowGoes(mail, to));
    }

    private Uni<Void> rowGoes(MailInHand mail, Addressee to) {
        return to.pendingRow().chain(() -> {
            if (to.row().isEmpty()) {
                to.endsWithoutRow();
                return Uni.createFrom().voidItem();
            }
            return Patience.until("end of a schedule row", () -> schedule.remove(mail.id(), to.forwardPath()))
                    // The queue may bring it once more: its record may be committed much later than the row goes.
                    .chain(() -> ledger.spend(mail.id(), List.of(to.forwardPath())));
        });
    }

    Uni<Void> deferred(MailInHand mail, Addressee to, List<HostAttempt> hosts, Disposition.Retry outcome) {
        return events.publish(facts.deferred(mail.envelope(), to, hosts, outcome))
                .chain(() -> waits(
                        mail,
                        to,
                        outcome.due(),
                        outcome.history(),
                        outcome.fault().reply(),
                        Optional.of(outcome.fault().detail())));
    }

    Uni<Void> postponed(MailInHand mail, Addressee to, Disposition.Postpone outcome) {
        return postponed(mail, to, outcome, outcome.due());
    }

    /** With a row that may be taken at another time than is told. */
    Uni<Void> postponed(MailInHand mail, Addressee to, Disposition.Postpone outcome, Instant rowDue) {
        return events.publish(facts.postponed(mail.envelope(), to, outcome))
                .chain(() -> waits(mail, to, rowDue, to.history(), Optional.empty(), Optional.of(outcome.detail())));
    }

    /** It found no slot, or another attempt is under way: not worth an event. */
    Uni<Void> leftForLater(MailInHand mail, Addressee to, Instant due) {
        return waits(mail, to, due, to.history(), Optional.empty(), Optional.empty());
    }

    private Uni<Void> waits(
            MailInHand mail,
            Addressee to,
            Instant due,
            History history,
            Optional<ReplyFacts> reply,
            Optional<String> detail) {
        return to.pendingRow()
                .chain(() -> {
                    Optional<ScheduleEntry> row = to.row();
                    if (row.isPresent()) {
                        ScheduleEntry next = row.get().routed(to.route()).after(due, history, reply, detail);
                        return Patience.until(
                                "schedule row",
                                () -> schedule.postpone(next, inHand.lease().owner()));
                    }
                    ScheduleEntry entry = entry(mail, to, due, history, reply, detail);
                    return mail.body()
                            .stored()
                            .chain(envelope -> Patience.until(
                                    "schedule row", () -> schedule.insert(envelope, List.of(entry), Optional.empty())));
                })
                .chain(() -> ledger.scheduled(mail.id(), List.of(to.forwardPath()), Ledger.Attempt.OVER))
                .replaceWithVoid();
    }

    /** A row for a recipient that has none, while its attempt goes on. */
    ScheduleEntry entry(MailInHand mail, Addressee to, Instant due) {
        return entry(mail, to, due, to.history(), Optional.empty(), Optional.empty());
    }

    private ScheduleEntry entry(
            MailInHand mail,
            Addressee to,
            Instant due,
            History history,
            Optional<ReplyFacts> reply,
            Optional<String> detail) {
        MessageFacts about = MessageFacts.of(mail.envelope(), to.recipient());
        Optional<Instant> noticeDue = NotifyWish.wants(Action.DELAYED, mail.envelope(), to.recipient())
                ? Optional.of(mail.envelope().receivedAt().plus(delayNoticeAfter))
                : Optional.empty();
        return new ScheduleEntry(
                mail.id(),
                to.forwardPath(),
                about.managedDomains().stream()
                        .findFirst()
                        .map(DomainName::ascii)
                        .orElse("-"),
                to.recipient().domain().ascii(),
                to.route(),
                due,
                history,
                noticeDue,
                reply,
                detail);
    }
}
