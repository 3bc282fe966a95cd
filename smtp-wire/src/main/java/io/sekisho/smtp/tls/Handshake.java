package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sekisho.smtp.tls.HandshakeResult.Established;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import javax.net.ssl.SSLEngine;

/**
 * One handshake on a connected socket, from the moment TLS is put into its pipeline. Stands right behind TLS there and
 * sees, in order, its success, its failure, or that the connection went away.
 *
 * <p>Plain text that was read from the network before TLS was in place, but not yet delivered, would afterwards look
 * like decrypted text. So everything that reaches the socket's handler before the handshake is complete is such plain
 * text, and ends the connection.
 *
 * <p><i>Thread safety:</i> none; the connection's event loop only.
 */
final class Handshake extends ChannelInboundHandlerAdapter {

    /** The place of TLS in the pipeline, where Vert.x looks for it too. */
    static final String TLS = "ssl";

    private final NetSocket socket;
    private final ServerFlightObserver observer;
    private final Handler<Buffer> decrypted;
    private final Promise<HandshakeResult> result = Promise.promise();
    private boolean decided;

    Handshake(NetSocket socket, ServerFlightObserver observer, Handler<Buffer> decrypted) {
        this.socket = socket;
        this.observer = observer;
        this.decrypted = decrypted;
    }

    /**
     * Puts TLS into the socket's pipeline. To be called on the socket's event loop.
     *
     * @param tls an {@link SslHandler}, or what becomes one
     */
    Future<HandshakeResult> begin(ChannelHandlerContext connection, ChannelHandler tls) {
        socket.handler(plainText -> decide(FailureReading.failed(HandshakeFailure.PLAINTEXT_INJECTED, "")));
        connection.pipeline().addFirst("handshake", this);
        connection.pipeline().addFirst(TLS, tls);
        connection.pipeline().addFirst("server-flight", observer);
        // What a paused socket holds back is plain text too.
        socket.resume();
        return result.future();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent completion) {
            context.pipeline().remove(observer);
            if (completion.isSuccess() && !decided) {
                context.pipeline().remove(this);
                SSLEngine engine = ((SslHandler) context.pipeline().get(TLS)).engine();
                decide(new Established(SessionReading.read(engine, observer.group())));
            } else {
                decide(FailureReading.read(
                        completion.isSuccess() ? new IllegalStateException("decided before") : completion.cause()));
            }
        } else if (event instanceof SniCompletionEvent hello && !hello.isSuccess()) {
            decide(FailureReading.read(hello.cause()));
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The failure is the result; nobody else needs to hear of it.
        decide(FailureReading.read(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        decide(FailureReading.failed(HandshakeFailure.CLOSED, ""));
        super.channelInactive(context);
    }

    private void decide(HandshakeResult outcome) {
        if (decided) {
            return;
        }
        decided = true;
        if (outcome instanceof Failed) {
            socket.handler(ignored -> {});
            // First, so that whoever waits hears of the failure and not only that the connection has gone.
            result.complete(outcome);
            socket.close();
        } else {
            socket.handler(decrypted);
            result.complete(outcome);
        }
    }
}
