package io.sekisho.egress.client;

import io.netty.channel.Channel;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import io.sekisho.egress.dialogue.Dialogue;
import io.sekisho.egress.dialogue.Effect;
import io.sekisho.egress.dialogue.Errand;
import io.sekisho.egress.dialogue.Input;
import io.sekisho.egress.dialogue.Security;
import io.sekisho.egress.dialogue.SessionResult;
import io.sekisho.egress.dialogue.Wait;
import io.sekisho.egress.route.Destination;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.SessionTls;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.ClientTls;
import io.sekisho.smtp.tls.HandshakeFailure;
import io.sekisho.smtp.tls.HandshakeResult;
import io.sekisho.smtp.tls.TlsSession;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.NetSocketInternal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One connection to one address: carries out what the {@link Dialogue} wants and tells it what happens.
 *
 * <p>Lifecycle: {@link #run} once. The result comes as soon as the outcome is known; QUIT is said after it. Thread
 * safety: none; confined to the event loop of its context, on which also {@link #run} and {@link #abandon} are called.
 */
final class Session {

    /** What every session of a process uses. */
    record Means(NetClient client, ClientTls tls, CertificateJudge judge, TimeOuts timeOuts) {}

    private final ContextInternal context;
    private final Means means;
    private final Errand errand;
    private final Instant began = Instant.now();
    private final Dialogue dialogue;
    private final Promise<SessionResult> result = Promise.promise();

    private NetSocket socket;
    private ContentSender sender;
    private String lastFault = "";
    private long timer = -1;

    Session(ContextInternal context, Means means, Errand errand) {
        this.context = context;
        this.means = means;
        this.errand = errand;
        dialogue = new Dialogue(errand, began);
    }

    /** Connects and goes on from there. A failed future is a bug. */
    Future<SessionResult> run() {
        Destination to = errand.destination();
        // By address, never by name: what was checked is what is connected to.
        InetSocketAddress address = new InetSocketAddress(to.address().toInetAddress(), to.port());
        means.client()
                .connect(SocketAddress.inetSocketAddress(address))
                .onSuccess(this::connected)
                .onFailure(fault -> reportUnconnected(String.valueOf(fault.getMessage())));
        return result.future();
    }

    /** Gives the session up, unless the host may have taken the message already. */
    void abandon(DeferralCause cause, String detail) {
        tell(new Input.Interruption.Abandoned(cause, detail));
    }

    /** Closes at once and tells nobody. */
    void cut() {
        result.tryFail("the attempt was cancelled");
        close();
    }

    private void connected(NetSocket connected) {
        socket = connected;
        if (result.future().isComplete()) {
            close();
            return;
        }
        socket.exceptionHandler(fault -> lastFault = String.valueOf(fault.getMessage()));
        socket.closeHandler(ignored -> tell(new Input.Interruption.Lost(lastFault)));
        socket.handler(this::received);
        rearm();
    }

    private void reportUnconnected(String fault) {
        result.tryComplete(SessionResult.unconnected(
                errand,
                began,
                "4.4.1",
                "cannot connect to " + errand.destination() + ": " + fault,
                new DeferralCause.HostUnreachable()));
    }

    private void received(Buffer bytes) {
        drive(() -> dialogue.received(ByteBuffer.wrap(bytes.getBytes())));
    }

    private void tell(Input input) {
        drive(() -> dialogue.on(input));
    }

    private void drive(Supplier<List<Effect>> step) {
        try {
            if (!context.isRunningOnContext()) {
                throw new IllegalStateException("off the context of the session");
            }
            Optional<Wait> before = dialogue.awaits();
            step.get().forEach(this::carryOut);
            if (!dialogue.awaits().equals(before)) {
                rearm();
            }
        } catch (RuntimeException bug) {
            result.tryFail(bug);
            close();
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send(String lines) -> socket.write(lines);
            case Effect.StartTls start -> startTls(start);
            case Effect.SendContent content -> sendContent();
            case Effect.Report(SessionResult outcome) -> result.tryComplete(outcome);
            case Effect.Close close -> close();
        }
    }

    private void startTls(Effect.StartTls start) {
        ClientTls.Terms terms = new ClientTls.Terms(
                start.serverName(),
                start.floor(),
                TlsVersion.TLSV1_3,
                means.timeOuts().handshake());
        // The handshake ends outside of any Vert.x context: a connection made from there would get another event loop.
        means.tls()
                .startTls(socket, 0, terms, this::received)
                .onComplete(done -> context.runOnContext(ignored -> tell(shaken(done))));
    }

    private Input shaken(AsyncResult<HandshakeResult> done) {
        if (done.failed()) {
            return new Input.HandshakeFailed(
                    Input.HandshakeFailed.Reason.OTHER,
                    String.valueOf(done.cause().getMessage()));
        }
        return switch (done.result()) {
            case HandshakeResult.Established(TlsSession established) -> new Input.Secured(security(established));
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

    private Security security(TlsSession established) {
        HostCertificate certificate = new HostCertificate(
                means.judge(), established.peerChain(), errand.destination().host());
        return new Security(established.facts(), new SessionTls(Optional.of(established.version()), certificate));
    }

    private void sendContent() {
        if (!errand.consignment().claim().isHeld()) {
            abandonLater(new DeferralCause.ClaimLost(), "the claim on the message was lost");
            return;
        }
        Duration block = means.timeOuts().block();
        sender = new ContentSender(context, socket, errand.consignment().content(), block, this::tell);
        sender.start();
    }

    /** An input out of an effect waits until the effects are done. */
    private void abandonLater(DeferralCause cause, String detail) {
        context.runOnContext(ignored -> abandon(cause, detail));
    }

    private void rearm() {
        context.owner().cancelTimer(timer);
        // While content is sent its sender watches the host.
        dialogue.awaits().ifPresent(wait -> {
            Duration limit = wait.limit().in(means.timeOuts());
            timer = context.setTimer(limit.toMillis(), ignored -> tell(new Input.Interruption.TimedOut(limit)));
        });
    }

    /**
     * Closes without flushing: after a broken-off message nothing more of it may go out, and a host that takes nothing
     * must not hold the connection open.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Nothing waits for the socket to be gone.
    private void close() {
        context.owner().cancelTimer(timer);
        if (sender != null) {
            sender.stop();
        }
        if (socket != null) {
            Channel channel =
                    ((NetSocketInternal) socket).channelHandlerContext().channel();
            channel.close();
        }
    }
}
