package io.sekisho.egress.client;

import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import io.sekisho.egress.dialogue.Effect;
import io.sekisho.egress.dialogue.Input;
import io.sekisho.egress.dialogue.Security;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.SessionTls;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.ClientTls;
import io.sekisho.smtp.tls.HandshakeFailure;
import io.sekisho.smtp.tls.HandshakeResult;
import io.sekisho.smtp.tls.TlsSession;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/** The TLS handshake as {@link Input}. Judges nothing. Thread safety: all methods. */
record Handshake(ClientTls tls, CertificateJudge judge, TimeOuts timeOuts) {

    /**
     * Shakes hands. The result never fails, and comes outside of any Vert.x context.
     *
     * @param host as the route names it
     * @param received takes what comes inside TLS
     */
    Future<Input> on(NetSocket socket, Effect.StartTls start, String host, Handler<Buffer> received) {
        ClientTls.Terms terms =
                new ClientTls.Terms(start.serverName(), start.floor(), TlsVersion.TLSV1_3, timeOuts.handshake());
        return tls.startTls(socket, 0, terms, received)
                .map(result -> shaken(result, host))
                .otherwise(bug -> new Input.HandshakeFailed(
                        Input.HandshakeFailed.Reason.OTHER, String.valueOf(bug.getMessage())));
    }

    private Input shaken(HandshakeResult result, String host) {
        return switch (result) {
            case HandshakeResult.Established(TlsSession established) -> new Input.Secured(security(established, host));
            case HandshakeResult.Failed(HandshakeFailure failure, String detail) ->
                new Input.HandshakeFailed(reason(failure), detail);
        };
    }

    private static Input.HandshakeFailed.Reason reason(HandshakeFailure failure) {
        return switch (failure) {
            case VERSION_REFUSED -> Input.HandshakeFailed.Reason.VERSION;
            case PLAINTEXT_INJECTED -> Input.HandshakeFailed.Reason.INJECTED;
            default -> Input.HandshakeFailed.Reason.OTHER;
        };
    }

    private Security security(TlsSession established, String host) {
        HostCertificate certificate = new HostCertificate(judge, established.peerChain(), host);
        return new Security(established.facts(), new SessionTls(Optional.of(established.version()), certificate));
    }
}
