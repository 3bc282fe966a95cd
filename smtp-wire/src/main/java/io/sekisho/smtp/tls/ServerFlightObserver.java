package io.sekisho.smtp.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.Optional;

/** Stands between the wire and TLS, shows the server's octets to a {@link ServerFlightReader} and passes all on. */
final class ServerFlightObserver extends ChannelDuplexHandler {

    /** Which side of the connection this process is. */
    enum Side {
        SERVER,
        CLIENT
    }

    private final Side side;
    private final ServerFlightReader reader = new ServerFlightReader();

    ServerFlightObserver(Side side) {
        this.side = side;
    }

    Optional<String> group() {
        return reader.group();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (side == Side.CLIENT) {
            look(message);
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (side == Side.SERVER) {
            look(message);
        }
        super.write(context, message, promise);
    }

    private void look(Object message) {
        if (!reader.isDone() && message instanceof ByteBuf octets) {
            reader.read(octets.nioBuffer());
        }
    }
}
