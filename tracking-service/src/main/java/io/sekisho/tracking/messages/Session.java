package io.sekisho.tracking.messages;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.tls.TlsFacts;
import java.util.Optional;

/** The session that an action speaks of: the client's, or that with a next host. */
record Session(
        Action.Side side,
        Optional<String> host,
        Optional<String> address,
        Optional<Integer> port,
        TlsFacts tls,
        Authentication authentication,
        Optional<Boolean> mxSecure) {

    /** Empty where the event speaks of no session. */
    static Optional<Session> of(MailEvent event) {
        return switch (event.kind()) {
            case RECEIVED, REJECTED, QUEUED ->
                event.message().flatMap(facts -> upstream(facts.upstream(), event.policy()));
            default -> event.hop().map(Session::downstream);
        };
    }

    /** Empty for what the gateway itself wrote: it came by no session. */
    static Optional<Session> upstream(Upstream upstream, Optional<AppliedPolicy> policy) {
        return upstream.clientAddress().isEmpty() && upstream.helo().isEmpty()
                ? Optional.empty()
                : Optional.of(new Session(
                        Action.Side.UPSTREAM,
                        upstream.helo(),
                        upstream.clientAddress().map(IpAddress::toString),
                        Optional.empty(),
                        upstream.tls(),
                        authentication(policy),
                        Optional.empty()));
    }

    private static Session downstream(Hop hop) {
        return new Session(
                Action.Side.DOWNSTREAM,
                Optional.of(hop.host()),
                hop.address(),
                Optional.of(hop.port()),
                hop.tls(),
                hop.authentication(),
                hop.mxSecure());
    }

    /** A client that met VERIFIED showed a certificate of a trusted CA that names it (semantics.md §2); else nobody judged one. */
    private static Authentication authentication(Optional<AppliedPolicy> policy) {
        return policy.filter(p -> p.desired().level() == SecurityLevel.VERIFIED && p.verdict() == Verdict.MET)
                .map(p -> Authentication.PKIX)
                .orElse(Authentication.NONE);
    }
}
