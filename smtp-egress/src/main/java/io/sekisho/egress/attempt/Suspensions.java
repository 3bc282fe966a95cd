package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.destination.Admission;
import io.sekisho.egress.destination.Trouble;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What becomes of recipients whose destination is suspended: they cost no connection and no attempt is counted, but no
 * deadline is missed for it either.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class Suspensions {

    private static final Logger LOG = Logger.getLogger(Suspensions.class);

    /** RFC 3463 §3.5: no answer from host. */
    private static final String NO_ANSWER = "4.4.1";

    private final MessageWork work;
    private final Departures departures;
    private final Workplace place;

    Suspensions(MessageWork work, Departures departures, Workplace place) {
        this.work = work;
        this.departures = departures;
        this.place = place;
    }

    /** Puts off those that can wait, ends those whose lifetime is over, and gives back those that must be attempted now. */
    List<Addressee> putOff(List<Addressee> some, Admission.Suspended suspension) {
        List<Addressee> pressed = new ArrayList<>();
        List<Addressee> ending = new ArrayList<>();
        for (Addressee to : some) {
            Optional<Disposition> what = whileSuspended(to, suspension);
            if (what.isEmpty()) {
                pressed.add(to);
            } else if (what.get() instanceof Disposition.Postpone postponed) {
                wait(to, postponed);
            } else {
                ending.add(to);
            }
        }
        if (!ending.isEmpty()) {
            // It may have ended long ago: the ledger is asked first. No slot is needed for that.
            new Errand(work, departures, place, ending, Ledger.Company.ANY).begin();
        }
        return pressed;
    }

    /** What ends a claimed recipient whose destination is suspended; empty where it is to be attempted, or can wait. */
    Optional<Disposition> ending(Addressee to, Admission.Suspended suspension) {
        return whileSuspended(to, suspension).filter(what -> !(what instanceof Disposition.Postpone));
    }

    private Optional<Disposition> whileSuspended(Addressee to, Admission.Suspended suspension) {
        return place.failures()
                .whileSuspended(outcome(to, suspension), suspension.until(), work.circumstances(to, to.way()));
    }

    private void wait(Addressee to, Disposition.Postpone postponed) {
        place.meters().came(postponed);
        LOG.debug(LogLine.of("waits for its destination")
                .with(LogKey.MESSAGE, work.mail().id())
                .with(LogKey.RECIPIENT, to.forwardPath())
                .with(LogKey.DESTINATION, to.route()));
        // Due at once when it opens; but what failed for TLS is looked at by its time, open or not.
        Instant due = to.history().firstTlsFailure().isPresent()
                ? postponed.due()
                : place.clock().instant();
        work.conclude(
                to,
                to.row().isPresent()
                        ? place.conclusions().leftForLater(work.mail(), to, due)
                        : place.conclusions().postponed(work.mail(), to, postponed, due));
    }

    private static Deferred outcome(Addressee to, Admission.Suspended suspension) {
        return new Deferred(
                NO_ANSWER,
                suspension.last().flatMap(Trouble::reply),
                Optional.empty(),
                "the destination " + to.route() + " is not tried until " + suspension.until()
                        + suspension
                                .last()
                                .map(trouble -> ", after repeated trouble; last: " + trouble.detail())
                                .orElse(", after repeated trouble"),
                new DeferralCause.HostUnreachable());
    }
}
