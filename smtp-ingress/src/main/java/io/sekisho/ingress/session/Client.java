package io.sekisho.ingress.session;

import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is connected, and how it has behaved so far.
 *
 * @param connection names the connection in logs and events
 * @param address of the client itself, also behind a balancer that names it
 * @param origin whose address that is
 * @param listener the name of the listener it came to
 * @param tls what the session has now
 * @param certificate the judgement of what it showed in the handshake
 * @param user as whom it has logged in
 */
public record Client(
        UUID connection,
        IpAddress address,
        Origin origin,
        String listener,
        TlsFacts tls,
        CertificateCheck certificate,
        Optional<SubmissionUser> user,
        Conduct conduct) {

    /** Whose the address is that a connection seems to come from. */
    public enum Origin {
        CLIENT,
        /** The balancer did not name its client: a health check, or somebody whom no address rule could hold. */
        BALANCER
    }

    /** A client that has just connected, in plain text. */
    public static Client connected(UUID connection, IpAddress address, String listener) {
        return new Client(
                connection,
                address,
                Origin.CLIENT,
                listener,
                TlsFacts.NONE,
                CertificateCheck.NONE_PRESENTED,
                Optional.empty(),
                Conduct.UNKNOWN);
    }

    /** A connection of a balancer that did not say for whom. */
    public static Client unnamed(UUID connection, IpAddress balancer, String listener) {
        return new Client(
                connection,
                balancer,
                Origin.BALANCER,
                listener,
                TlsFacts.NONE,
                CertificateCheck.NONE_PRESENTED,
                Optional.empty(),
                Conduct.UNKNOWN);
    }

    Client secured(TlsFacts facts, CertificateCheck check) {
        return new Client(connection, address, origin, listener, facts, check, user, conduct);
    }

    Client loggedIn(SubmissionUser as) {
        return new Client(connection, address, origin, listener, tls, certificate, Optional.of(as), conduct);
    }

    Client with(Conduct newConduct) {
        return new Client(connection, address, origin, listener, tls, certificate, user, newConduct);
    }

    /** What every event of a message says of the session it came by. */
    Upstream upstream(Greeting greeting) {
        return new Upstream(
                Optional.of(address),
                Optional.of(greeting.name()),
                Optional.of(listener),
                tls,
                user.map(SubmissionUser::name));
    }
}
