package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sekisho.smtp.tls.HandshakeResult.Established;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

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

    private final NetSocket socket;
    private final SslHandler tls;
    private final ServerFlightObserver observer;
    private final Handler<Buffer> decrypted;
    private final Promise<HandshakeResult> result = Promise.promise();
    private boolean decided;

    Handshake(NetSocket socket, SslHandler tls, ServerFlightObserver observer, Handler<Buffer> decrypted) {
        this.socket = socket;
        this.tls = tls;
        this.observer = observer;
        this.decrypted = decrypted;
    }

    /** Puts TLS into the socket's pipeline. To be called on the socket's event loop. */
    Future<HandshakeResult> begin(ChannelHandlerContext connection) {
        socket.handler(plainText -> decide(FailureReading.failed(HandshakeFailure.PLAINTEXT_INJECTED, "")));
        connection.pipeline().addFirst("handshake", this);
        connection.pipeline().addFirst("ssl", tls);
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
                decide(new Established(SessionReading.read(tls.engine(), observer.group())));
            } else {
                decide(FailureReading.read(
                        completion.isSuccess() ? new IllegalStateException("decided before") : completion.cause()));
            }
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
