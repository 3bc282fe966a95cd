package io.sekisho.egress.client;

import io.sekisho.egress.brokentls.BrokenTls;
import io.sekisho.egress.brokentls.TlsPeer;
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
import io.sekisho.mail.policy.TlsVersion;
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
    private final BrokenTls brokenTls;
    private final DeliverySettings settings;
    private final Consignment consignment;
    private final OutcomeBook book;
    private final Promise<DeliveryReport> report = Promise.promise();

    private List<Destination> destinations = List.of();
    private Optional<Session> session = Optional.empty();
    /** Not any more once one of them was found to have ended: the others of its kind are likely to have, too. */
    private boolean takesKept = true;

    /** The peer whose handshake failed last. */
    private Optional<TlsPeer> broke = Optional.empty();

    /** What {@link #session} is doing. */
    private Errand errand;

    private boolean expired;
    private long timer = -1;

    Attempt(
            ContextInternal context,
            Session.Means means,
            AddressGuard guard,
            BrokenTls brokenTls,
            DeliverySettings settings,
            Consignment consignment) {
        this.context = context;
        this.means = means;
        this.guard = guard;
        this.brokenTls = brokenTls;
        this.settings = settings;
        this.consignment = consignment;
        book = new OutcomeBook(consignment.recipients());
    }

    /** Goes the whole way. A failed future is a bug. */
    Future<DeliveryReport> run(Itinerary itinerary) {
        timer = context.setTimer(settings.bounds().attempt().toMillis(), ignored -> expire());
        destinations = itinerary.destinations();
        itinerary.setbacks().forEach(book::setback);
        guarded(() -> visit(0, startTls()));
        return report.future();
    }

    /** Whether the report has come. */
    boolean isOver() {
        return report.future().isComplete();
    }

    /** Closes the connection at once; no report will come. */
    void cut() {
        context.owner().cancelTimer(timer);
        expired = true;
        session.ifPresent(open -> open.cut(errand));
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
        Optional<Session> kept = kept(errand);
        if (kept.isPresent() || startTls != StartTlsUse.IF_OFFERED || !hasOrdinaryFloor(errand)) {
            meet(index, startTls, errand, kept);
            return;
        }
        // Only here: what requires TLS never asks whether it broke.
        brokenTls
                .since(TlsPeer.at(destination))
                .whenComplete((since, bug) -> onContext(() -> {
                    if (bug == null) {
                        begin(index, startTls, errand, since);
                    } else {
                        report.tryFail(bug);
                    }
                }));
    }

    private void begin(int index, StartTlsUse startTls, Errand errand, Optional<Instant> brokeAt) {
        if (expired) {
            visit(index, startTls);
        } else if (brokeAt.isPresent()) {
            Errand plain = errand.inPlainText(brokeAt.get());
            meet(index, startTls, plain, kept(plain));
        } else {
            meet(index, startTls, errand, Optional.empty());
        }
    }

    private Optional<Session> kept(Errand errand) {
        return takesKept ? means.kept().take(errand, context) : Optional.empty();
    }

    private void meet(int index, StartTlsUse startTls, Errand next, Optional<Session> kept) {
        Session its = kept.orElseGet(() -> new Session(context, means, next));
        errand = next;
        session = Optional.of(its);
        Future<SessionResult> result = kept.isPresent() ? its.again(next) : its.run();
        // A session that was kept has a context of its own.
        result.onComplete(done -> onContext(() -> {
            session = Optional.empty();
            if (done.failed()) {
                report.tryFail(done.cause());
            } else {
                if (kept.isEmpty()) {
                    learn(next, done.result());
                }
                came(index, startTls, done.result());
            }
        }));
    }

    /** A handshake that offers more or less than others do says nothing about theirs. */
    private static boolean hasOrdinaryFloor(Errand errand) {
        return errand.floor() == TlsVersion.DEFAULT_MINIMUM;
    }

    /** What a new connection teaches about the host's TLS. */
    private void learn(Errand errand, SessionResult result) {
        if (!hasOrdinaryFloor(errand)) {
            return;
        }
        TlsPeer peer = TlsPeer.at(errand.destination());
        boolean answered = switch (result.host().result()) {
            case TOOK_MESSAGE, REFUSED, INCAPABLE -> true;
            case UNREACHABLE, TLS_UNAVAILABLE, FELL_BACK_TO_PLAIN_TEXT, ABANDONED -> false;
        };
        if (result.continuation() == SessionResult.Continuation.PLAIN_TEXT) {
            broke = Optional.of(peer);
        } else if (answered && errand.startTls() == StartTlsUse.REQUIRED) {
            var unused = brokenTls.forget(peer);
        } else if (answered && broke.filter(peer::equals).isPresent()) {
            var unused = brokenTls.remember(peer);
        }
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
            guarded(step);
        } else {
            context.runOnContext(ignored -> guarded(step));
        }
    }

    /** A bug must not leave the attempt open for ever, with its slot and its claim. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            report.tryFail(bug);
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
        session.ifPresent(open -> open.abandon(errand, new DeferralCause.TimeExceeded(), timeIsUp()));
    }

    private String timeIsUp() {
        Duration bound = settings.bounds().attempt();
        return "the attempt took longer than " + Wait.text(bound);
    }
}
