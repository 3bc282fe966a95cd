package io.sekisho.ingress.session;

import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import java.util.List;

/** Connected to a listener on which TLS comes first; the banner follows the handshake (RFC 8314 §3). */
public record Securing(Client client) implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.Secured(TlsFacts tls, CertificateCheck certificate) ->
                Step.reply(
                        new Opened(client.secured(tls, certificate)),
                        reception.replies().banner());
            // In plain text there is nobody to tell.
            case SessionInput.TlsUnavailable(String reason) -> Step.drop("TLS is not available: " + reason);
            case SessionInput.HandshakeFailed(String reason) ->
                Step.drop("TLS handshake failed: " + reason)
                        .after(new Effect.Tell(
                                List.of(SessionEvents.handshakeFailed(client, reception.now(), reason))));
            case SessionInput.TimedOut() -> Step.to(this);
            // Nothing was begun, and the client comes again; its silence must not hold up the end of the service.
            case SessionInput.Draining() -> Step.drop("shutdown");
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
