package io.sekisho.localstack.cluster;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.Progress;
import io.sekisho.localstack.SideBySide;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * The services that run on an infrastructure, each a process of its own.
 *
 * <pre>{@code
 * try (Infrastructure infrastructure = LocalStack.start(EnumSet.allOf(Piece.class));
 *         Cluster cluster = ClusterPlan.on(infrastructure, directory).ports(Ports.free()).start()) {
 *     cluster.url(Service.POLICY); cluster.smtpPort(); cluster.adminKey();
 *     cluster.kill(Service.EGRESS);
 *     cluster.start(Service.EGRESS);
 * }
 * }</pre>
 *
 * <p><b>Thread safety:</b> accessors may be called from any thread; the controls of one service from one thread at a time.
 *
 * <p><b>Lifecycle:</b> the services are ready when this is handed out. {@link #close()} ends them and leaves the infrastructure alone; when
 * this JVM ends, however it ends, they end too.
 */
public final class Cluster implements AutoCloseable {
    private final Infrastructure infrastructure;
    private final Ports ports;
    private final ClusterKeys keys;
    private final Map<Service, ServiceProcess> processes;

    Cluster(Infrastructure infrastructure, Ports ports, ClusterKeys keys, Map<Service, ServiceProcess> processes) {
        this.infrastructure = infrastructure;
        this.ports = ports;
        this.keys = keys;
        this.processes = new EnumMap<>(processes);
    }

    void startAll(Progress progress) {
        try {
            SideBySide.forEach(processes.values(), process -> startOne(process, progress));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void startOne(ServiceProcess process, Progress progress) {
        String name = process.service().id();
        progress.starting(name);
        long began = System.nanoTime();
        try {
            process.start();
            process.awaitReady();
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

    /** {@code http://127.0.0.1:port} of a service. */
    public URI url(Service service) {
        return URI.create("http://127.0.0.1:" + ports.of(service.http()));
    }

    /** Port of the SMTP mx listener on 127.0.0.1. */
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

    /** The file that takes what a service says. */
    public Path log(Service service) {
        return process(service).log();
    }

    public boolean isAlive(Service service) {
        return process(service).isAlive();
    }

    /** Process id of a service. */
    public long pid(Service service) {
        return process(service).pid();
    }

    /** Ends a service as {@code kill -9} does; returns when it is gone. */
    public void kill(Service service) {
        process(service).kill();
    }

    /** Ends a service in an orderly way, as Kubernetes does first; returns when it is gone. */
    public void stop(Service service) {
        process(service).stop();
    }

    /** Starts a service that was ended, on the same ports; returns when it is ready. */
    public void start(Service service) {
        startWithoutWaiting(service);
        awaitReady(service);
    }

    /** Starts a service that was ended and returns at once. */
    public void startWithoutWaiting(Service service) {
        process(service).start();
    }

    /**
     * Returns when the service says that it is ready.
     *
     * @throws io.sekisho.localstack.StackFailure if it has ended, or says no for two minutes; with what it said last
     */
    public void awaitReady(Service service) {
        process(service).awaitReady();
    }

    /** Stops a service from running ({@code kill -STOP}): its connections stay open and nothing answers. */
    public void pause(Service service) {
        process(service).pause();
    }

    /** Undoes {@link #pause}. */
    public void resume(Service service) {
        process(service).resume();
    }

    /** Throws name, exit code and last log lines of a service that has ended. */
    public void requireAlive() {
        processes.values().forEach(ServiceProcess::requireAlive);
    }

    @Override
    public void close() {
        SideBySide.toTheEnd(processes.values(), ServiceProcess::stop);
    }

    private ServiceProcess process(Service service) {
        ServiceProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalArgumentException(
                    service.id() + " does not belong to this cluster; " + processes.keySet() + " do");
        }
        return process;
    }
}
