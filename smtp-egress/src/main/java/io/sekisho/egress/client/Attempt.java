package io.sekisho.egress.client;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.dialogue.Errand;
import io.sekisho.egress.dialogue.SessionResult;
import io.sekisho.egress.dialogue.StartTlsUse;
import io.sekisho.egress.dialogue.Wait;
import io.sekisho.egress.route.AddressGuard;
import io.sekisho.egress.route.Destination;
import io.sekisho.egress.route.Itinerary;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt: the hosts of an itinerary one after the other, until every recipient is settled or none is left.
 *
 * <p>Lifecycle: {@link #run} once. Thread safety: none; confined to the event loop of its context.
 */
final class Attempt {

    private final ContextInternal context;
    private final Session.Means means;
    private final AddressGuard guard;
    private final DeliverySettings settings;
    private final Consignment consignment;
    private final OutcomeBook book;
    private final Promise<DeliveryReport> report = Promise.promise();

    private List<Destination> destinations = List.of();
    private Optional<Session> session = Optional.empty();
    /** Not any more once one of them was found to have ended: the others of its kind are likely to have, too. */
    private boolean takesKept = true;

    private boolean expired;
    private long timer = -1;

    Attempt(
            ContextInternal context,
            Session.Means means,
            AddressGuard guard,
            DeliverySettings settings,
            Consignment consignment) {
        this.context = context;
        this.means = means;
        this.guard = guard;
        this.settings = settings;
        this.consignment = consignment;
        book = new OutcomeBook(consignment.recipients());
    }

    /** Goes the whole way. A failed future is a bug. */
    Future<DeliveryReport> run(Itinerary itinerary) {
        timer = context.setTimer(settings.bounds().attempt().toMillis(), ignored -> expire());
        destinations = itinerary.destinations();
        itinerary.setbacks().forEach(book::setback);
        visit(0, startTls());
        return report.future();
    }

    /** Closes the connection at once; no report will come. */
    void cut() {
        context.owner().cancelTimer(timer);
        expired = true;
        session.ifPresent(Session::cut);
    }

    private StartTlsUse startTls() {
        return StartTlsUse.of(consignment.decision().desired());
    }

    private void visit(int index, StartTlsUse startTls) {
        session = Optional.empty();
        if (book.open().isEmpty() || index == destinations.size() || isStopped()) {
            context.owner().cancelTimer(timer);
            report.tryComplete(book.report());
            return;
        }
        Destination destination = destinations.get(index);
        Errand errand = new Errand(consignment, book.open(), destination, startTls, settings.hostname());
        Optional<String> refusal = guard.refusal(destination.address());
        if (refusal.isPresent()) {
            book.add(SessionResult.unconnected(
                    errand,
                    Instant.now(),
                    "4.4.4",
                    destination.host() + ": " + refusal.get(),
                    new DeferralCause.NoRoute()));
            visit(index + 1, startTls());
            return;
        }
        Optional<Session> kept = takesKept ? means.kept().take(errand, context) : Optional.empty();
        Session next = kept.orElseGet(() -> new Session(context, means, errand));
        session = Optional.of(next);
        Future<SessionResult> result = kept.isPresent() ? next.again(errand) : next.run();
        // A session that was kept has a context of its own.
        result.onComplete(done -> onContext(() -> {
            session = Optional.empty();
            if (done.failed()) {
                report.tryFail(done.cause());
            } else {
                came(index, startTls, done.result());
            }
        }));
    }

    private void came(int index, StartTlsUse startTls, SessionResult result) {
        if (result.continuation() != SessionResult.Continuation.NEW_CONNECTION) {
            book.add(result);
        }
        switch (result.continuation()) {
            case NEW_CONNECTION -> {
                takesKept = false;
                visit(index, startTls);
            }
            case PLAIN_TEXT -> visit(index, StartTlsUse.NONE);
            case NEXT_HOST -> visit(index + 1, startTls());
        }
    }

    private void onContext(Runnable step) {
        if (context.isRunningOnContext()) {
            step.run();
        } else {
            context.runOnContext(ignored -> step.run());
        }
    }

    /** Whether no further connection may be made; the recipients that are open then have an outcome. */
    private boolean isStopped() {
        if (expired) {
            // A setback like others: what a host has said before is worth more to the reader.
            book.setback(Deferred.withoutHost("4.4.7", timeIsUp(), new DeferralCause.TimeExceeded()));
            return true;
        }
        if (!consignment.claim().isHeld()) {
            book.settle(
                    Deferred.withoutHost("4.3.0", "the claim on the message was lost", new DeferralCause.ClaimLost()));
            return true;
        }
        return false;
    }

    private void expire() {
        expired = true;
        session.ifPresent(open -> open.abandon(new DeferralCause.TimeExceeded(), timeIsUp()));
    }

    private String timeIsUp() {
        Duration bound = settings.bounds().attempt();
        return "the attempt took longer than " + Wait.text(bound);
    }
}
