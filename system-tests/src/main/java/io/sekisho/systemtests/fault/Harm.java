package io.sekisho.systemtests.fault;

import io.sekisho.localstack.Piece;
import io.sekisho.localstack.Server;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.systemtests.arena.Arena;
import io.sekisho.systemtests.arena.Rest;
import io.sekisho.systemtests.traffic.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Does faults to an arena and undoes them. One thread. */
public final class Harm {

    private static final Duration ORDER_LIMIT = Duration.ofSeconds(30);

    private final Arena arena;

    public Harm(Arena arena) {
        this.arena = arena;
    }

    /** Returns when the fault has set in. */
    public void begin(Fault fault) {
        switch (fault) {
            case Fault.Kill(Service service, int copy) -> process(service, copy).kill();
            case Fault.Terminate(Service service, int copy) ->
                process(service, copy).stop();
            case Fault.Freeze(Service service, int copy) ->
                process(service, copy).pause();
            case Fault.KillServer(Piece piece, int node) -> server(piece, node).kill();
            case Fault.FreezeServer(Piece piece, int node) ->
                server(piece, node).pause();
            case Fault.FlushRedis() -> flushRedis();
            case Fault.FillDisk any -> arena.smallDisk().fill();
            case Fault.StripStartTls(var destination) -> arena.farEnd().stripStartTls(destination);
            case Fault.Hang(var destination, var step) -> arena.farEnd().hang(destination, step);
            case Fault.Hold(var destination) -> order("hold", destination);
            case Fault.Cancel(var destination, int any) -> order("hold", destination);
            case Fault.Together(Fault one, Fault other) -> {
                begin(one);
                begin(other);
            }
        }
    }

    /** Returns when things are as they were before the fault, and what was ended is ready again. */
    public void end(Fault fault) {
        switch (fault) {
            case Fault.Kill(Service service, int copy) -> process(service, copy).startAndAwait();
            case Fault.Terminate(Service service, int copy) ->
                process(service, copy).startAndAwait();
            case Fault.Freeze(Service service, int copy) ->
                process(service, copy).resume();
            case Fault.KillServer(Piece piece, int node) -> server(piece, node).restart();
            case Fault.FreezeServer(Piece piece, int node) ->
                server(piece, node).resume();
            case Fault.FlushRedis any -> {
                // What has read it again has read it again.
            }
            case Fault.FillDisk(Piece piece) -> {
                arena.smallDisk().empty();
                arena.infrastructure().restart(piece);
            }
            case Fault.StripStartTls(var destination) -> arena.farEnd().recover(destination);
            case Fault.Hang(var destination, var step) -> arena.farEnd().recover(destination);
            case Fault.Hold(var destination) -> {
                order("release", destination);
                order("flush", destination);
            }
            case Fault.Cancel(var destination, int copy) -> {
                order("cancel", destination);
                process(Service.EGRESS, copy).kill();
                order("release", destination);
                process(Service.EGRESS, copy).startAndAwait();
            }
            case Fault.Together(Fault one, Fault other) -> {
                end(other);
                end(one);
            }
        }
    }

    /** Given to any egress that answers: the one that is asked first may be what was killed. */
    private void order(String action, Destination destination) {
        Rest rest = new Rest(arena.cluster());
        String body = "{\"destination\": \"" + destination.domain() + "\"}";
        Waiting.until(action + " of " + destination.domain(), ORDER_LIMIT, () -> {}, () -> {
            for (ServiceProcess copy : arena.cluster().copies(Service.EGRESS)) {
                if (copy.isAlive()
                        && rest.call(copy.url(), "POST", "/api/v1/queue/" + action, body)
                                        .status()
                                == 200) {
                    return;
                }
            }
            throw new IllegalStateException("no egress takes the order");
        });
    }

    private ServiceProcess process(Service service, int copy) {
        return arena.cluster().copies(service).get(copy - 1);
    }

    private Server server(Piece piece, int node) {
        return arena.infrastructure().servers(piece).get(node - 1);
    }

    private void flushRedis() {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), arena.infrastructure().port(Piece.REDIS))) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            if (in.read() != '+') {
                throw new IllegalStateException("Redis did not flush");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not flush", e);
        }
    }
}
