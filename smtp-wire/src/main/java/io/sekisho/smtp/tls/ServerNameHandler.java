package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Waits for ClientHello and lets the server name in it choose the certificate; then TLS takes its place (RFC 6066 §3).
 *
 * <p><i>Thread safety:</i> none; the connection's event loop only.
 */
final class ServerNameHandler extends AbstractSniHandler<ServerTls> {

    /** In octets: BoringSSL takes no longer one. Netty's own limit is 16 MiB, which it sets aside as soon as it is announced. */
    static final int LONGEST_CLIENT_HELLO = 16_384;

    private final ServerTls own;
    private final ServerTls.Terms terms;
    private final ServerTls.ByServerName names;
    private final LongSupplier nanoTime;
    private final long begun;

    /**
     * A handler for one connection.
     *
     * @param own shown where the client names no server, or one that is not here
     */
    ServerNameHandler(ServerTls own, ServerTls.Terms terms, ServerTls.ByServerName names) {
        this(own, terms, names, System::nanoTime);
    }

    ServerNameHandler(ServerTls own, ServerTls.Terms terms, ServerTls.ByServerName names, LongSupplier nanoTime) {
        super(LONGEST_CLIENT_HELLO, terms.timeout().toMillis());
        this.own = own;
        this.terms = terms;
        this.names = names;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    // A client may take its time, and the certificate be replaced and given back meanwhile.
    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        own.hold();
        super.handlerAdded(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        own.close();
        super.handlerRemoved0(context);
    }

    @Override
    protected Future<ServerTls> lookup(ChannelHandlerContext context, String hostname) {
        ServerTls chosen = Optional.ofNullable(hostname)
                // What the listener was given goes before another certificate that happens to carry the name as well.
                .filter(name -> !own.carries(name))
                .flatMap(names::forName)
                .orElse(own);
        return context.executor().newSucceededFuture(chosen);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, String hostname, Future<ServerTls> future) {
        // The time that ClientHello took is a part of the handshake's.
        Duration left = terms.timeout().minusNanos(nanoTime.getAsLong() - begun);
        SslHandler tls = future.getNow().on(context.alloc(), terms.within(left));
        context.pipeline().replace(this, Handshake.TLS, tls);
    }
}
