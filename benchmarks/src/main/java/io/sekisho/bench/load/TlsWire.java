package io.sekisho.bench.load;

import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Octets through a TLS engine, on the calling thread. */
final class TlsWire implements Wire {

    private final Socket socket;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer sent;
    private final ByteBuffer decrypted;
    private boolean closed;

    private TlsWire(Socket socket) {
        this.socket = socket;
        this.engine = ClientContext.engine();
        this.received =
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
        this.sent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    /** Shakes hands on a connection whose server is ready for it. */
    static TlsWire over(Socket socket) throws IOException {
        TlsWire wire = new TlsWire(socket);
        try {
            wire.shakeHands();
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        for (HandshakeStatus status = engine.getHandshakeStatus(); ; status = engine.getHandshakeStatus()) {
            switch (status) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                case NEED_TASK -> engine.getDelegatedTask().run();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    @Override
    public int read(byte[] target) throws IOException {
        while (!decrypted.hasRemaining()) {
            if (unwrap() == SSLEngineResult.Status.CLOSED) {
                return -1;
            }
        }
        int length = Math.min(target.length, decrypted.remaining());
        decrypted.get(target, 0, length);
        return length;
    }

    @Override
    public void write(byte[] octets) throws IOException {
        ByteBuffer clear = ByteBuffer.wrap(octets);
        while (clear.hasRemaining()) {
            wrap(clear);
        }
    }

    private void wrap(ByteBuffer clear) throws IOException {
        sent.clear();
        if (engine.wrap(clear, sent).getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the connection's TLS has ended");
        }
        socket.getOutputStream().write(sent.array(), 0, sent.position());
    }

    /** Decrypts what there is, and reads more where that is no whole record. */
    private SSLEngineResult.Status unwrap() throws IOException {
        decrypted.clear();
        SSLEngineResult result = engine.unwrap(received, decrypted);
        decrypted.flip();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            fill();
        }
        return result.getStatus();
    }

    private void fill() throws IOException {
        received.compact();
        int length = socket.getInputStream().read(received.array(), received.position(), received.remaining());
        if (length < 0) {
            throw new SSLException("the connection ended within TLS");
        }
        received.position(received.position() + length).flip();
    }

    @Override
    public void forget() {
        if (!closed) {
            closed = true;
            // Its memory is not the JVM's.
            ReferenceCountUtil.release(engine);
        }
    }

    @Override
    public void close() throws IOException {
        forget();
        socket.close();
    }
}
