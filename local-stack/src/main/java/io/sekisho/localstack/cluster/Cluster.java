package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.Progress;
import io.sekisho.localstack.SideBySide;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services that run on an infrastructure, each a process of its own.
 *
 * <pre>{@code
 * try (Infrastructure infrastructure = LocalStack.start(EnumSet.allOf(Piece.class));
 *         Cluster cluster = ClusterPlan.on(infrastructure, directory).ports(Ports.free()).start()) {
 *     cluster.url(Service.POLICY); cluster.smtpPort(); cluster.adminKey();
 *     cluster.first(Service.EGRESS).kill();
 *     cluster.first(Service.EGRESS).startAndAwait();
 * }
 * }</pre>
 *
 * <p><b>Thread safety:</b> accessors may be called from any thread.
 *
 * <p><b>Lifecycle:</b> the services are ready when this is handed out. {@link #close()} ends them and leaves the infrastructure alone; when
 * this JVM ends, however it ends, they end too.
 */
public final class Cluster implements AutoCloseable {
    private final Infrastructure infrastructure;
    private final Ports ports;
    private final ClusterKeys keys;
    private final Map<Service, List<ServiceProcess>> processes;

    Cluster(
            Infrastructure infrastructure,
            Ports ports,
            ClusterKeys keys,
            Map<Service, List<ServiceProcess>> processes) {
        this.infrastructure = infrastructure;
        this.ports = ports;
        this.keys = keys;
        this.processes = new EnumMap<>(processes);
    }

    void startAll(Progress progress) {
        try {
            SideBySide.forEach(all(), process -> startOne(process, progress));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void startOne(ServiceProcess process, Progress progress) {
        String name = process.name();
        progress.starting(name);
        long began = System.nanoTime();
        try {
            process.startAndAwait();
        } catch (RuntimeException e) {
            // Not by its own fault where somebody has asked for the end.
            if (!Thread.currentThread().isInterrupted()) {
                progress.failed(name);
            }
            throw e;
        }
        progress.ready(name, Duration.ofNanos(System.nanoTime() - began));
    }

    public Infrastructure infrastructure() {
        return infrastructure;
    }

    /** Which services belong to it, running or not. */
    public Set<Service> services() {
        return Set.copyOf(processes.keySet());
    }

    /** The running copies of a service, the first first. */
    public List<ServiceProcess> copies(Service service) {
        List<ServiceProcess> copies = processes.get(service);
        if (copies == null) {
            throw new IllegalArgumentException(
                    service.id() + " does not belong to this cluster; " + processes.keySet() + " do");
        }
        return copies;
    }

    /** The first, and often only, copy of a service. */
    public ServiceProcess first(Service service) {
        return copies(service).getFirst();
    }

    /** {@code http://127.0.0.1:port} of the first copy of a service. */
    public URI url(Service service) {
        return first(service).url();
    }

    /** Port of the first ingress' SMTP mx listener on 127.0.0.1. */
    public int smtpPort() {
        return ports.of(Endpoint.SMTP);
    }

    public Ports ports() {
        return ports;
    }

    /** API key of role {@code admin}. */
    public String adminKey() {
        return keys.admin();
    }

    /** API key of role {@code service}. */
    public String serviceKey() {
        return keys.service();
    }

    /** Throws name, exit code and last log lines of a service that has ended. */
    public void requireAlive() {
        all().forEach(ServiceProcess::requireAlive);
    }

    @Override
    public void close() {
        SideBySide.toTheEnd(all(), ServiceProcess::stop);
    }

    private List<ServiceProcess> all() {
        return processes.values().stream().flatMap(List::stream).toList();
    }
}
