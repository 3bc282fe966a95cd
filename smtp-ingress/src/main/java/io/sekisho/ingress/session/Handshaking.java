package io.sekisho.ingress.session;

import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import java.util.List;

/**
 * STARTTLS was given; the handshake decides.
 *
 * @param before where the session goes on if TLS cannot begin at all
 */
public record Handshaking(Client client, CommandState before) implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            // RFC 3207 §4.2: everything said before is forgotten, the greeting included.
            case SessionInput.Secured(TlsFacts tls, CertificateCheck certificate) ->
                Step.to(new Opened(client.secured(tls, certificate)));
            // RFC 3207 §4: 454, and the session goes on in plain text if the client likes.
            case SessionInput.TlsUnavailable(String reason) -> before.idle(Replies.TLS_UNAVAILABLE, reception);
            case SessionInput.HandshakeFailed(String reason) ->
                Step.drop("TLS handshake failed: " + reason)
                        .after(new Effect.Tell(
                                List.of(SessionEvents.handshakeFailed(client, reception.now(), reason))));
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() ->
                Step.to(
                        new Closed(),
                        new Effect.Tell(List.of(SessionEvents.handshakeFailed(
                                client, reception.now(), "the client closed the connection"))));
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
