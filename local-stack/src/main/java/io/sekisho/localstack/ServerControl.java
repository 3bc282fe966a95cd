package io.sekisho.localstack;

import java.util.function.Consumer;

/** What a user may do to one server of a running stack. */
final class ServerControl implements Server {
    private final PieceServer server;
    private final Consumer<PieceServer> awaitReady;

    ServerControl(PieceServer server, Consumer<PieceServer> awaitReady) {
        this.server = server;
        this.awaitReady = awaitReady;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public void pause() {
        server.pause();
    }

    @Override
    public void resume() {
        server.resume();
    }

    @Override
    public void restart() {
        server.stop();
        server.start();
        awaitReady.accept(server);
    }
}
