package io.sekisho.localstack;

import java.time.Duration;

/** A server as a child process: what Kafka, PostgreSQL and Redis have in common. */
abstract class EmbeddedServer implements PieceServer {
    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private final Piece piece;
    private final String name;
    private final int port;
    private volatile ChildProcess process;

    EmbeddedServer(Piece piece, int port) {
        this(piece, piece.id(), port);
    }

    EmbeddedServer(Piece piece, String name, int port) {
        this.piece = piece;
        this.name = name;
        this.port = port;
    }

    /** Prepares its directory and says how to start it. */
    abstract ChildCommand prepare();

    @Override
    public Piece piece() {
        return piece;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        LocalPorts.requireFree(port, piece.title(), "--port-" + piece.id());
        process = ChildProcess.start(prepare());
    }

    @Override
    public void requireAlive() {
        process.requireAlive();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.stop(STOP_GRACE);
        }
    }

    @Override
    public void discard() {
        // A process that has ended leaves nothing but its files.
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    /** Process id, for tests that look at what becomes of it. */
    long pid() {
        return process.pid();
    }
}
