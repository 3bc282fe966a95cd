package io.sekisho.systemtests.arena;

import io.sekisho.localstack.ChildCommand;
import io.sekisho.localstack.ChildProcess;
import io.sekisho.localstack.LocalPorts;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.testkit.outside.OutsideClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HAProxy on layer 4 before the ingresses. It asks each twice a second whether it is ready, as a Kubernetes service does, and tells it the
 * client's address by PROXY protocol v2.
 *
 * <p><i>Lifecycle:</i> from {@link #before} to {@link #close()}.
 */
public final class Balancer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ChildProcess process;
    private final int port;

    private Balancer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        return OutsideClients.find("haproxy").isPresent()
                ? Optional.empty()
                : Optional.of("haproxy is not installed; on Debian: apt-get install haproxy");
    }

    static Balancer before(List<ServiceProcess> ingresses, Path directory) {
        int port = LocalPorts.free();
        StringBuilder text = new StringBuilder("""
                global
                  maxconn 500
                defaults
                  mode tcp
                  timeout connect 2s
                  timeout client 1m
                  timeout server 1m
                  retries 2
                  option redispatch
                listen smtp
                  bind 127.0.0.1:%d
                  balance roundrobin
                  option httpchk GET /q/health/ready
                  default-server check inter 500ms fall 1 rise 1 on-marked-down shutdown-sessions
                """.formatted(port));
        for (ServiceProcess ingress : ingresses) {
            text.append("  server %s 127.0.0.1:%d send-proxy-v2 port %d%n"
                    .formatted(
                            ingress.name(),
                            ingress.smtpProxyPort(),
                            ingress.url().getPort()));
        }
        try {
            Path own = Files.createDirectories(directory.resolve("haproxy"));
            Path file = Files.writeString(own.resolve("haproxy.cfg"), text);
            Path program = OutsideClients.find("haproxy").orElseThrow().path();
            ChildProcess process = ChildProcess.start(new ChildCommand(
                    "haproxy",
                    List.of(program.toString(), "-db", "-f", file.toString()),
                    Map.of(),
                    own,
                    directory.resolve("logs").resolve("haproxy.log"),
                    ChildCommand.StopSignal.TERM));
            Waiting.until(
                    "haproxy",
                    LIMIT,
                    process::requireAlive,
                    () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
            return new Balancer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("haproxy cannot be started", e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(5));
    }
}
