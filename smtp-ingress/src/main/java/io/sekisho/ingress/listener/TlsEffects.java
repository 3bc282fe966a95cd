package io.sekisho.ingress.listener;

import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.session.SessionInput;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.smtp.reply.SmtpReply;
import io.sekisho.smtp.tls.HandshakeResult;
import io.sekisho.smtp.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out what a session wants of TLS, and answers it.
 *
 * <p><b>Thread safety:</b> none; the connection's event loop only, where all answers come too.
 */
final class TlsEffects {

    private final ListenerTls tls;
    private final IpAddress client;
    private final Duration timeout;
    private final IngressMetrics metrics;
    private final SessionLog log;
    private final Consumer<SessionInput> answers;

    TlsEffects(
            ListenerTls tls,
            IpAddress client,
            Duration timeout,
            IngressMetrics metrics,
            SessionLog log,
            Consumer<SessionInput> answers) {
        this.tls = tls;
        this.client = client;
        this.timeout = timeout;
        this.metrics = metrics;
        this.log = log;
        this.answers = answers;
    }

    /**
     * Answers STARTTLS.
     *
     * @param octetsBehind of the client behind STARTTLS, not yet read by the session
     * @param decrypted takes what comes through TLS
     */
    void startTls(NetSocket socket, SmtpReply ready, int octetsBehind, Handler<Buffer> decrypted) {
        Optional<ServerTls> own = tls.own().get();
        if (own.isEmpty()) {
            unavailable();
            return;
        }
        await(own.get()
                .startTls(socket, Buffer.buffer(ready.render()), octetsBehind, tls.terms(client, timeout), decrypted));
    }

    /**
     * Begins with TLS.
     *
     * @param early what came of it behind a PROXY header
     * @param decrypted takes what comes through TLS
     */
    void implicitTls(NetSocket socket, Buffer early, Handler<Buffer> decrypted) {
        Optional<ServerTls> own = tls.own().get();
        if (own.isEmpty()) {
            unavailable();
            return;
        }
        await(own.get().implicitTls(socket, early, tls.terms(client, timeout), decrypted));
    }

    private void unavailable() {
        answers.accept(new SessionInput.TlsUnavailable("the listener has no key"));
    }

    private void await(Future<HandshakeResult> shaking) {
        shaking.onComplete(done -> shaken(done.result()));
    }

    private void shaken(HandshakeResult result) {
        switch (result) {
            case HandshakeResult.Established(var session) -> {
                metrics.handshake(session.version().label());
                log.secured(session.facts());
                answers.accept(new SessionInput.Secured(
                        session.facts(), ClientCertificate.of(tls.judge(), session.peerChain())));
            }
            case HandshakeResult.Failed(var failure, String detail) -> {
                metrics.handshake(failure.name());
                answers.accept(new SessionInput.HandshakeFailed(detail));
            }
        }
    }
}
