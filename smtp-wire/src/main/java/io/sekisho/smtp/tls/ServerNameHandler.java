package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/**
 * Waits for ClientHello and lets the server name in it choose the certificate; then TLS takes its place (RFC 6066 §3).
 *
 * <p><i>Thread safety:</i> none; the connection's event loop only.
 */
final class ServerNameHandler extends AbstractSniHandler<ServerTls> {

    private final ServerTls own;
    private final ServerTls.Terms terms;
    private final ServerTls.ByServerName names;

    /**
     * A handler for one connection.
     *
     * @param own shown where the client names no server, or one that is not here
     */
    ServerNameHandler(ServerTls own, ServerTls.Terms terms, ServerTls.ByServerName names) {
        super(terms.timeout().toMillis());
        this.own = own;
        this.terms = terms;
        this.names = names;
    }

    @Override
    protected Future<ServerTls> lookup(ChannelHandlerContext context, String hostname) {
        ServerTls chosen = Optional.ofNullable(hostname).flatMap(names::forName).orElse(own);
        return context.executor().newSucceededFuture(chosen);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, String hostname, Future<ServerTls> future) {
        SslHandler tls = future.getNow().on(context.alloc(), terms);
        context.pipeline().replace(this, Handshake.TLS, tls);
    }
}
