package io.sekisho.systemtests.arena;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Ports;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.systemtests.arrival.FarEnd;
import io.sekisho.systemtests.traffic.Destination;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Infrastructure, services, the far end, and the policy that binds them, running. All processes are children of this JVM and end with it.
 *
 * <p>Egress tries again after seconds here, not minutes, so that what a fault deferred is seen to arrive.
 *
 * <p><i>Lifecycle:</i> ready from {@link #set} to {@link #close()}, which deletes its data. <i>Thread safety:</i> accessors from any
 * thread.
 */
public final class Arena implements AutoCloseable {

    private static final String SENDER_DOMAIN = "sender.example";
    private static final int SMALL_DISK_MEBIBYTES = 192;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Infrastructure infrastructure;
    private Cluster cluster;
    private FarEnd farEnd;
    private List<Integer> smtpPorts;
    private Optional<SmallDisk> smallDisk = Optional.empty();

    private Arena() {}

    /**
     * Starts everything.
     *
     * @throws io.sekisho.localstack.StackFailure with a sentence, if something does not start
     */
    public static Arena set(ArenaPlan plan) {
        Arena arena = new Arena();
        try {
            arena.start(plan);
            return arena;
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Why such an arena cannot be had on this machine; empty if it can. */
    public static Optional<String> whyNot(ArenaPlan plan) {
        if (plan.front() == ArenaPlan.Front.BALANCER && Balancer.whyNot().isPresent()) {
            return Balancer.whyNot();
        }
        return plan.small().isPresent() ? SmallDisk.whyNot() : Optional.empty();
    }

    private void start(ArenaPlan plan) {
        Path directory = temporaryDirectory();
        opened.push(() -> delete(directory));
        if (plan.small().isPresent()) {
            smallDisk = Optional.of(opened(
                    SmallDisk.mountedOn(directory.resolve(plan.small().get().id()), SMALL_DISK_MEBIBYTES)));
        }
        farEnd = opened(new FarEnd());
        infrastructure = opened(LocalStack.with(EnumSet.allOf(Piece.class))
                .dataDirectory(directory)
                .kafkaNodes(plan.kafkaNodes())
                .start());
        cluster = opened(ClusterPlan.on(infrastructure, directory)
                .ports(Ports.free())
                .hostname("gateway.sekisho.example")
                .copies(Service.INGRESS, plan.ingresses())
                .copies(Service.EGRESS, plan.egresses())
                .configure(Service.EGRESS, "sekisho.delivery.routes", farEnd.routes())
                .configure(Service.EGRESS, "sekisho.delivery.retry-delays", "PT1S,PT2S,PT3S")
                .configure(Service.EGRESS, "sekisho.delivery.local-retry", "PT2S")
                .configure(Service.EGRESS, "sekisho.delivery.destinations.suspension", "PT1S")
                .configure(Service.EGRESS, "sekisho.delivery.destinations.longest-suspension", "PT3S")
                .configure(Service.EGRESS, "sekisho.delivery.time-outs.greeting", "PT10S")
                .configure(Service.EGRESS, "sekisho.delivery.time-outs.command", "PT10S")
                .configure(Service.EGRESS, "sekisho.delivery.time-outs.handshake", "PT10S")
                .configure(Service.EGRESS, "sekisho.delivery.time-outs.data", "PT10S")
                .configure(Service.EGRESS, "sekisho.delivery.time-outs.final-dot", "PT10S")
                .startUp(ClusterPlan.StartUp.CLASS_ARCHIVE)
                .start());
        smtpPorts = plan.front() == ArenaPlan.Front.BALANCER
                ? List.of(opened(Balancer.before(cluster.copies(Service.INGRESS), directory))
                        .port())
                : cluster.copies(Service.INGRESS).stream()
                        .map(ServiceProcess::smtpPort)
                        .toList();
        registerPolicy();
    }

    private void registerPolicy() {
        ManagedDomains domains = new ManagedDomains(cluster);
        domains.registerSender(SENDER_DOMAIN);
        domains.requireTls(SENDER_DOMAIN, Destination.TLS13.domain(), "TLSv1.3");
        domains.requireTls(SENDER_DOMAIN, Destination.TLS12.domain(), "TLSv1.2");
        domains.register(Destination.CUSTOMER.domain(), farEnd.port(Destination.CUSTOMER));
    }

    public Infrastructure infrastructure() {
        return infrastructure;
    }

    public Cluster cluster() {
        return cluster;
    }

    public FarEnd farEnd() {
        return farEnd;
    }

    /** Where clients connect: the balancer, or each ingress. */
    public List<Integer> smtpPorts() {
        return smtpPorts;
    }

    /**
     * The small disk of the server that the plan gave one.
     *
     * @throws java.util.NoSuchElementException if it gave none
     */
    public SmallDisk smallDisk() {
        return smallDisk.orElseThrow();
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Ends everything, the last begun first; one failure keeps nothing from being ended. */
    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("the arena did not end in order", failures.getFirst());
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("sekisho-arena-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
