package io.sekisho.smtp.tls;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.impl.PartialPooledByteBufAllocator;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;

/** The Netty side of a Vert.x socket. Vert.x 4.5 has no public way to it that lets TLS differ per connection. */
public final class Connections {

    private Connections() {}

    static ChannelHandlerContext of(NetSocket socket) {
        ChannelHandlerContext connection = ((NetSocketInternal) socket).channelHandlerContext();
        if (!connection.executor().inEventLoop()) {
            throw new IllegalStateException("TLS starts on the connection's event loop only");
        }
        if (connection.pipeline().get("ssl") != null) {
            throw new IllegalStateException("TLS is on already");
        }
        // As Vert.x does for its own TLS sockets: records pass through pooled direct memory.
        connection.channel().config().setAllocator(PartialPooledByteBufAllocator.INSTANCE);
        return connection;
    }

    /** Ends a connection at once. A socket's own close waits until all is written, which a peer that never reads prevents. */
    // From the context of Vert.x outwards, past its own way to close. Whoever holds the socket hears of it by its close
    // handler.
    @SuppressWarnings("FutureReturnValueIgnored")
    public static void abort(NetSocket socket) {
        ((NetSocketInternal) socket).channelHandlerContext().close();
    }
}
