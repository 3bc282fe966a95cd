package io.sekisho.ingress.listener;

import io.sekisho.smtp.proxy.ProxyHeader;
import io.sekisho.smtp.proxy.ProxyHeaderDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A balancer's connection until its PROXY header has come. What is no header, or is late, ends it without a word.
 *
 * <p><b>Thread safety:</b> none; the connection's event loop only.
 */
final class BalancedConnection {

    /** Balancers send the header with their first segment; proxy-protocol.txt §2 asks for 3 seconds at least. */
    private static final long HEADER_PATIENCE_MILLIS = 5_000;

    /** How a connection ended before it was anybody's. */
    sealed interface Ending {

        /** It ended by itself: how balancers look whether a port is open. */
        record Left() implements Ending {}

        /** What came was no header, or none came. */
        record Dropped(String reason) implements Ending {}
    }

    private final NetSocket socket;
    private final Vertx vertx;
    private final BiConsumer<ProxyHeader, Buffer> named;
    private final Consumer<Ending> ended;
    private final ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();

    private long patience;
    private boolean decided;

    /**
     * A connection.
     *
     * @param named takes the socket over: what the header says, and what the client has sent behind it
     * @param ended why there will be no session; the socket is closed
     */
    BalancedConnection(NetSocket socket, Vertx vertx, BiConsumer<ProxyHeader, Buffer> named, Consumer<Ending> ended) {
        this.socket = socket;
        this.vertx = vertx;
        this.named = named;
        this.ended = ended;
    }

    void open() {
        socket.handler(this::received);
        socket.exceptionHandler(broken -> end(new Ending.Left()));
        socket.closeHandler(closed -> end(new Ending.Left()));
        patience = vertx.setTimer(HEADER_PATIENCE_MILLIS, late -> end(new Ending.Dropped("no PROXY header in time")));
    }

    private void received(Buffer octets) {
        ByteBuffer input = ByteBuffer.wrap(octets.getBytes());
        Optional<ProxyHeader> header = decided ? Optional.empty() : decoder.decode(input);
        if (header.isEmpty()) {
            return;
        }
        if (header.get() instanceof ProxyHeader.Malformed(String reason)) {
            end(new Ending.Dropped(reason));
            return;
        }
        decided = true;
        vertx.cancelTimer(patience);
        named.accept(header.get(), octets.slice(input.position(), octets.length()));
    }

    private void end(Ending ending) {
        if (!decided) {
            decided = true;
            vertx.cancelTimer(patience);
            socket.close();
            ended.accept(ending);
        }
    }
}
