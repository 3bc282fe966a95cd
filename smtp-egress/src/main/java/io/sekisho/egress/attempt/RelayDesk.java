package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.egress.dsn.Action;
import io.sekisho.egress.dsn.NotifyWish;
import io.sekisho.egress.dsn.ReportedRecipient;
import io.sekisho.egress.dsn.ReturnedExtent;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.event.ReplyFacts;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Concludes what was delivered, with a report to the sender who asked to hear of success ({@code NOTIFY=SUCCESS}) where the
 * host that took it sends none: one for the recipients of a transaction.
 *
 * <p>The outcome is in the ledger before the report is written, and says by its DSN_SENT event which report that is. So a pod
 * that finds it there after a crash writes the report again: the same id, hence the same message.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class RelayDesk {

    private static final Logger LOG = Logger.getLogger(RelayDesk.class);

    /** RFC 3463 §2: a success without a code of its own. */
    private static final String SUCCESS = "2.0.0";

    private final MessageWork work;
    private final Workplace place;
    private final Map<UUID, Together> open = new HashMap<>();

    RelayDesk(MessageWork work, Workplace place) {
        this.work = work;
        this.place = place;
    }

    /** A host took the message for the recipient. */
    void delivered(Addressee to, List<HostAttempt> hosts, Disposition.Delivered outcome) {
        AttemptFacts facts = place.conclusions().facts();
        Envelope envelope = work.mail().envelope();
        List<MailEvent> events = facts.delivered(envelope, to, hosts, outcome);
        if (outcome.duty() == ReportDuty.PASSED_ON || !wantsToHear(to)) {
            work.conclude(to, place.conclusions().ended(work.mail(), to, events));
            return;
        }
        UUID id = reportId(to, hosts, outcome);
        Uni<List<MailEvent>> report = reportOn(to, events, id);
        events.add(facts.reported(envelope, to, id));
        work.conclude(to, place.conclusions().ended(work.mail(), to, events, report));
    }

    /** It came to an end before, and perhaps not to its report. */
    void repeated(Addressee to, List<MailEvent> events) {
        Uni<List<MailEvent>> report = events.stream()
                .filter(event -> event.kind() == EventKind.DSN_SENT)
                .findFirst()
                .flatMap(MailEvent::reportId)
                .filter(any -> delivery(events).isPresent())
                .map(id -> reportOn(to, events, id))
                .orElseGet(() -> Uni.createFrom().item(List.of()));
        work.conclude(to, report.chain(more -> place.conclusions().repeated(work.mail(), to, all(events, more))));
    }

    private boolean wantsToHear(Addressee to) {
        Envelope envelope = work.mail().envelope();
        return envelope.senderDomain().isPresent() && NotifyWish.wants(Action.RELAYED, envelope, to.recipient());
    }

    /** The same for the recipients of a transaction and for no other: its connections, and the reply that took the message. */
    private UUID reportId(Addressee to, List<HostAttempt> hosts, Disposition.Delivered outcome) {
        List<String> parts = new ArrayList<>(List.of(
                work.mail().id().toString(),
                "report",
                Action.RELAYED.name(),
                Integer.toString(to.attempt()),
                outcome.hop().hop().host(),
                outcome.reply().text()));
        hosts.forEach(host -> parts.add(host.at().toString()));
        to.recipient().managedDomains().forEach(domain -> parts.add(domain.ascii()));
        return MessageIds.derived(parts.toArray(String[]::new));
    }

    /** The recipients of a transaction come one after the other within one step of the context; then the report is whole. */
    private Uni<List<MailEvent>> reportOn(Addressee to, List<MailEvent> events, UUID id) {
        Together together = open.get(id);
        boolean isFirst = together == null;
        if (together == null) {
            Together begun = new Together(id);
            open.put(id, begun);
            work.run(() -> open.remove(id).whole());
            together = begun;
        }
        together.entries.add(entry(to, delivery(events).orElseThrow()));
        // One of them tells of the report as a message of its own.
        return isFirst ? together.sent : together.sent.replaceWith(List.of());
    }

    private Uni<List<MailEvent>> send(UUID id, List<Reports.Entry> entries) {
        Envelope envelope = work.mail().envelope();
        List<DomainName> domains = MessageFacts.of(
                        envelope, entries.getFirst().about().recipient())
                .managedDomains();
        return place.reports()
                .send(
                        envelope,
                        work.mail().body().content(),
                        List.of(new Reports.Planned(id, Action.RELAYED, entries, domains)))
                .map(reports -> reports.stream()
                        .map(report -> place.conclusions().facts().queued(report.envelope()))
                        .toList())
                .onFailure()
                .recoverWithItem(bug -> {
                    // A report that cannot be written must not keep the message from its end.
                    LOG.error(
                            LogLine.of("report not written")
                                    .with(LogKey.ALERT, "bug")
                                    .with(LogKey.MESSAGE, envelope.id()),
                            bug);
                    return List.of();
                });
    }

    /** Recipients of one report, which is sent when it is whole and the first of them stands in the ledger. */
    private final class Together {

        private final List<Reports.Entry> entries = new ArrayList<>();
        private final CompletableFuture<List<Reports.Entry>> all = new CompletableFuture<>();
        private final Uni<List<MailEvent>> sent;

        Together(UUID id) {
            sent = Uni.createFrom()
                    .completionStage(all)
                    .chain(whole -> send(id, whole))
                    .memoize()
                    .indefinitely();
        }

        void whole() {
            all.complete(List.copyOf(entries));
        }
    }

    private static Reports.Entry entry(Addressee to, MailEvent delivery) {
        ReportedRecipient about = new ReportedRecipient(
                to.recipient(),
                delivery.reply()
                        .flatMap(ReplyFacts::enhancedStatus)
                        .filter(status -> status.startsWith("2."))
                        .orElse(SUCCESS),
                delivery.hop().map(Hop::host),
                delivery.reply(),
                ReportedRecipient.Reason.TOLD_BELOW,
                "",
                List.of(),
                Optional.empty(),
                delivery.at(),
                Optional.empty());
        return new Reports.Entry(about, to.attempt(), ReturnedExtent.HEADERS);
    }

    private static Optional<MailEvent> delivery(List<MailEvent> events) {
        return events.stream()
                .filter(event -> event.kind() == EventKind.DELIVERED)
                .findFirst();
    }

    private static List<MailEvent> all(List<MailEvent> some, List<MailEvent> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
