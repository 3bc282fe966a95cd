package io.sekisho.egress.attempt;

import io.sekisho.egress.content.InlineContent;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Gathers the recipients of a message that failed for good, so that its sender gets one report and not one for each, and
 * concludes them once the report is in the queue.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class FailureDesk {

    private static final Logger LOG = Logger.getLogger(FailureDesk.class);

    private final MessageWork work;
    private final Workplace place;
    private final List<Failure> gathered = new ArrayList<>();

    FailureDesk(MessageWork work, Workplace place) {
        this.work = work;
        this.place = place;
    }

    /** @param atOnce the others take long: those that failed are not kept waiting */
    void add(Failure failure, boolean atOnce) {
        failure.to().enter(Phase.FAILED);
        gathered.add(failure);
        check(atOnce);
    }

    /** Reports what was gathered, where nothing can join it any more. */
    void check(boolean atOnce) {
        if (gathered.isEmpty() || (!atOnce && work.hasUndecided())) {
            return;
        }
        List<Failure> failures = List.copyOf(gathered);
        gathered.clear();
        Uni<List<SentReport>> sent = keepDamaged(failures)
                .chain(() -> place.failureReports().send(work.mail(), failures))
                .onFailure()
                .recoverWithItem(bug -> {
                    // A report that cannot be written must not keep the message from its end.
                    LOG.error(
                            LogLine.of("report not written")
                                    .with(LogKey.ALERT, "bug")
                                    .with(LogKey.MESSAGE, work.mail().id()),
                            bug);
                    return List.of();
                })
                .memoize()
                .indefinitely();
        for (int i = 0; i < failures.size(); i++) {
            Failure failure = failures.get(i);
            // One of them tells of the reports as messages of their own.
            boolean tells = i == 0;
            work.conclude(
                    failure.to(),
                    sent.chain(reports ->
                            place.conclusions().ended(work.mail(), failure.to(), events(failure, reports, tells))));
        }
    }

    /** Three attempts at it ended with their pod: an operator looks at it, and the sender hears nothing yet. */
    Uni<Void> keepPoison(Addressee to) {
        String detail = "three attempts at it ended with their pod";
        place.meters().came(new Disposition.Quarantine(detail));
        return keep(to, QuarantineReason.ENDED_PODS, detail)
                .chain(() -> place.conclusions()
                        .ended(
                                work.mail(),
                                to,
                                place.conclusions()
                                        .facts()
                                        .quarantined(work.mail().envelope(), to, List.of(), detail)));
    }

    private Uni<Void> keepDamaged(List<Failure> failures) {
        Uni<Void> kept = Uni.createFrom().voidItem();
        for (Failure failure : failures) {
            if (failure.outcome() instanceof Disposition.Quarantine(String detail)) {
                kept = kept.chain(() -> keep(failure.to(), QuarantineReason.CONTENT_LOST, detail));
            }
        }
        return kept;
    }

    private Uni<Void> keep(Addressee to, QuarantineReason reason, String detail) {
        MailInHand mail = work.mail();
        if (mail.body().content() instanceof InlineContent inline) {
            return keep(kept(to, reason, detail, mail.envelope(), Optional.of(inline.bytes())));
        }
        // The envelope that it came with may not tell where its content was put meanwhile.
        return mail.body().stored().chain(stored -> keep(kept(to, reason, detail, stored, Optional.empty())));
    }

    private Uni<Void> keep(QuarantinedMail kept) {
        return Patience.until("quarantine", () -> place.quarantine().keep(kept));
    }

    private QuarantinedMail kept(
            Addressee to, QuarantineReason reason, String detail, Envelope envelope, Optional<byte[]> content) {
        return new QuarantinedMail(
                // Of a released one that comes back the second stay is another one.
                MessageIds.derived(
                        envelope.id().toString(), to.forwardPath(), Integer.toString(to.attempt()), "quarantine"),
                reason,
                detail,
                Optional.of(envelope.id()),
                Optional.of(to.forwardPath()),
                to.attempt(),
                work.mail().position(),
                Optional.of(WireJson.bytes(envelope)),
                content);
    }

    private List<MailEvent> events(Failure failure, List<SentReport> reports, boolean tellsOfReports) {
        AttemptFacts facts = place.conclusions().facts();
        Addressee to = failure.to();
        List<MailEvent> events = new ArrayList<>(
                switch (failure.outcome()) {
                    case Disposition.Bounce it -> facts.bounced(work.mail().envelope(), to, failure.hosts(), it);
                    case Disposition.Expire it -> facts.expired(work.mail().envelope(), to, failure.hosts(), it);
                    case Disposition.Quarantine it ->
                        facts.contentLost(work.mail().envelope(), to, failure.hosts(), it.detail());
                    default -> throw new IllegalArgumentException("not a failure: " + failure.outcome());
                });
        for (SentReport report : reports) {
            if (tellsOfReports) {
                events.add(facts.queued(report.envelope()));
            }
            if (report.recipients().contains(to.forwardPath())) {
                events.add(facts.reported(
                        work.mail().envelope(), to, report.envelope().id()));
            }
        }
        return events;
    }
}
