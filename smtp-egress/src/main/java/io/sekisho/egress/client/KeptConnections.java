package io.sekisho.egress.client;

import io.sekisho.egress.dialogue.Errand;
import io.sekisho.egress.dialogue.Security;
import io.sekisho.egress.dialogue.StartTlsUse;
import io.sekisho.egress.route.Destination;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.Judge;
import io.sekisho.policyclient.match.Judgement;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Connections at rest, each to be used again by a message that would have made the same connection, if what it has of TLS
 * meets that message's requirement as it is now. The last one that came goes first, so that what is too much runs out of time.
 *
 * <p>Thread safety: all methods.
 */
final class KeptConnections {

    /** What decides how a connection begins. */
    private record Kind(Destination destination, StartTlsUse startTls, TlsVersion floor) {

        static Kind of(Errand errand) {
            return new Kind(errand.destination(), errand.startTls(), errand.floor());
        }
    }

    private record Kept(Session session, Security security) {}

    private final int most;
    private final Map<Kind, Deque<Kept>> byKind = new HashMap<>();
    private int count;

    /** @param most kept at a time, at least 0 */
    KeptConnections(int most) {
        this.most = most;
    }

    /** Keeps a connection that is at rest; false where there are enough. */
    synchronized boolean keep(Session session, Errand last, Security security) {
        if (count >= most) {
            return false;
        }
        byKind.computeIfAbsent(Kind.of(last), any -> new ArrayDeque<>()).push(new Kept(session, security));
        count++;
        return true;
    }

    /**
     * A connection for this errand, which is then its own. It may have ended a moment ago.
     *
     * @param from whoever takes it: connections of the same event loop are preferred
     */
    synchronized Optional<Session> take(Errand errand, ContextInternal from) {
        Kind kind = Kind.of(errand);
        Deque<Kept> kept = byKind.get(kind);
        if (kept == null) {
            return Optional.empty();
        }
        Optional<Kept> taken = first(kept, errand, each -> each.session().isBeside(from))
                .or(() -> first(kept, errand, each -> !each.session().isBeside(from)));
        taken.ifPresent(each -> {
            kept.remove(each);
            removed(kind, kept);
        });
        return taken.map(Kept::session);
    }

    private static Optional<Kept> first(Deque<Kept> kept, Errand errand, Predicate<Kept> which) {
        return kept.stream()
                .filter(which)
                .filter(each -> Judge.judge(
                                errand.consignment().decision(), each.security().session())
                        instanceof Judgement.Met)
                .findFirst();
    }

    /** It rests no more; without effect where it was taken. */
    synchronized void forget(Session session, Errand last) {
        Kind kind = Kind.of(last);
        Deque<Kept> kept = byKind.get(kind);
        if (kept != null && kept.removeIf(each -> each.session() == session)) {
            removed(kind, kept);
        }
    }

    synchronized int count() {
        return count;
    }

    private void removed(Kind kind, Deque<Kept> kept) {
        count--;
        if (kept.isEmpty()) {
            byKind.remove(kind);
        }
    }
}
