package io.sekisho.egress.client;

import io.netty.channel.Channel;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.dialogue.Dialogue;
import io.sekisho.egress.dialogue.Effect;
import io.sekisho.egress.dialogue.Errand;
import io.sekisho.egress.dialogue.Input;
import io.sekisho.egress.dialogue.SessionResult;
import io.sekisho.egress.dialogue.Wait;
import io.sekisho.egress.route.Destination;
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
 * One connection to one address: carries out what the {@link Dialogue} wants and tells it what happens. It does one errand
 * after the other; between two of them it is with {@link KeptConnections}.
 *
 * <p>Lifecycle: {@link #run} once, then {@link #again} for each further errand. A result comes as soon as the outcome is
 * known, on the session's context; QUIT is said after it. Thread safety: {@link #run}, {@link #again}, {@link #abandon} and
 * {@link #cut} may be called from any thread; all else is confined to the event loop of its context.
 */
final class Session {

    /**
     * What every session of a process uses.
     *
     * @param messages of one connection, at most
     */
    record Means(NetClient client, Handshake handshake, KeptConnections kept, int messages) {}

    private final ContextInternal context;
    private final Means means;
    private final Dialogue dialogue;

    private Errand errand;
    private Promise<SessionResult> result = Promise.promise();
    private int errands = 1;
    private NetSocket socket;
    private ContentSender sender;
    private String lastFault = "";
    private long timer = -1;

    /** @param context an event loop's */
    Session(ContextInternal context, Means means, Errand first) {
        this.context = context;
        this.means = means;
        errand = first;
        dialogue = new Dialogue(first, Instant.now());
    }

    /** Whether it belongs to the same event loop. */
    boolean isBeside(ContextInternal other) {
        return context.nettyEventLoop().equals(other.nettyEventLoop());
    }

    /** Connects and goes on from there. A failed future is a bug. */
    Future<SessionResult> run() {
        Promise<SessionResult> first = result;
        Instant began = Instant.now();
        Destination to = errand.destination();
        // By address, never by name: what was checked is what is connected to.
        InetSocketAddress address = new InetSocketAddress(to.address().toInetAddress(), to.port());
        onContext(() -> means.client()
                .connect(SocketAddress.inetSocketAddress(address))
                .onSuccess(this::connected)
                .onFailure(fault -> reportUnconnected(began, String.valueOf(fault.getMessage()))));
        return first.future();
    }

    /** Does another errand, for whom the connection was taken from those that are kept. A failed future is a bug. */
    Future<SessionResult> again(Errand next) {
        Promise<SessionResult> its = Promise.promise();
        onContext(() -> {
            if (!dialogue.isAtRest()) {
                its.complete(SessionResult.stale(next, Instant.now(), "the connection that was kept has ended"));
                return;
            }
            errand = next;
            result = its;
            errands++;
            tell(new Input.Next(next, Instant.now()));
        });
        return its.future();
    }

    /**
     * Gives an errand up, unless the host may have taken the message already.
     *
     * @param whose the connection may have gone on to another one meanwhile
     */
    void abandon(Errand whose, DeferralCause cause, String detail) {
        onContext(() -> {
            if (errand.equals(whose) && !dialogue.isAtRest()) {
                tell(new Input.Interruption.Abandoned(cause, detail));
            }
        });
    }

    /** Closes at once and tells nobody, where the errand is still under way. */
    void cut(Errand whose) {
        onContext(() -> {
            if (!errand.equals(whose) || dialogue.isAtRest()) {
                return;
            }
            result.tryFail("the attempt was cancelled");
            close();
        });
    }

    private void onContext(Runnable step) {
        if (context.isRunningOnContext()) {
            step.run();
        } else {
            context.runOnContext(ignored -> step.run());
        }
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

    private void reportUnconnected(Instant began, String fault) {
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
            boolean rested = dialogue.isAtRest();
            step.get().forEach(this::carryOut);
            if (rested && !dialogue.isAtRest()) {
                means.kept().forget(this, errand);
            }
            if (!dialogue.awaits().equals(before)) {
                rearm();
            }
        } catch (RuntimeException bug) {
            result.tryFail(bug);
            means.kept().forget(this, errand);
            close();
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send(String lines) -> socket.write(lines);
            case Effect.StartTls start -> startTls(start);
            case Effect.SendContent(boolean inChunks) -> sendContent(inChunks);
            case Effect.Report(SessionResult outcome) -> result.tryComplete(outcome);
            case Effect.Rest rest -> rest();
            case Effect.Close close -> close();
        }
    }

    private void startTls(Effect.StartTls start) {
        // The handshake ends outside of any Vert.x context: a connection made from there would get another event loop.
        means.handshake()
                .on(socket, start, errand.destination().host(), this::received)
                .onComplete(done -> context.runOnContext(ignored -> tell(done.result())));
    }

    private void sendContent(boolean inChunks) {
        if (!errand.consignment().claim().isHeld()) {
            Errand now = errand;
            later(() -> abandon(now, new DeferralCause.ClaimLost(), "the claim on the message was lost"));
            return;
        }
        Duration block = means.handshake().timeOuts().block();
        ContentEncoding encoding = inChunks ? new ContentEncoding.Chunks() : new ContentEncoding.Dots();
        sender = new ContentSender(context, socket, errand.consignment().content(), encoding, block, this::tell);
        sender.start();
    }

    private void rest() {
        sender = null;
        // The dialogue may have gone on from there: a host that says more than it was asked.
        boolean keeps = dialogue.isAtRest()
                && errands < means.messages()
                && means.kept().keep(this, errand, dialogue.security());
        if (!keeps) {
            later(() -> {
                if (dialogue.isAtRest()) {
                    tell(new Input.Farewell());
                }
            });
        }
    }

    /** An input out of an effect waits until the effects are done. */
    private void later(Runnable step) {
        context.runOnContext(ignored -> step.run());
    }

    private void rearm() {
        context.owner().cancelTimer(timer);
        // While content is sent its sender watches the host.
        dialogue.awaits().ifPresent(wait -> {
            Duration limit = wait.limit().in(means.handshake().timeOuts());
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
