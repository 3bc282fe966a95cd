package io.sekisho.bench.stage;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.JvmTuning;
import io.sekisho.localstack.cluster.Ports;
import io.sekisho.localstack.cluster.SelfSignedCertificate;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.localstack.command.TerminalProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * The gateway under test and its infrastructure. Everything is started when it is first asked for and shared by the benchmarks of a run; the
 * services' JVMs compile as the images' do.
 *
 * <p>Not thread-safe. <i>Lifecycle:</i> {@link #close} ends and deletes everything.
 */
public final class Stage implements AutoCloseable {

    private static final String HOSTNAME = "gateway.sekisho.example";

    private final Set<Service> services;
    private final PrintWriter out;
    private final TemporaryDirectory directory = TemporaryDirectory.make();
    private Infrastructure infrastructure;
    private Cluster cluster;

    /**
     * Nothing is started yet.
     *
     * @param services that may be asked for
     */
    public Stage(Set<Service> services, PrintWriter out) {
        this.services = EnumSet.copyOf(services);
        this.out = out;
    }

    /** Where the data lies; readable by the users that servers run as. */
    public Path directory() {
        return directory.path();
    }

    public Infrastructure infrastructure() {
        if (infrastructure == null) {
            try (TerminalProgress progress = progress()) {
                infrastructure = LocalStack.with(EnumSet.allOf(Piece.class))
                        .dataDirectory(directory.path().resolve("stack"))
                        .progress(progress)
                        .start();
            }
        }
        return infrastructure;
    }

    /** The cluster with just these services running: the others would take processor time from what is measured. */
    public Cluster running(Set<Service> wanted) {
        Cluster all = cluster();
        for (Service service : all.services()) {
            ServiceProcess process = all.first(service);
            if (wanted.contains(service) && !process.isAlive()) {
                process.startAndAwait();
            } else if (!wanted.contains(service) && process.isAlive()) {
                process.stop();
            }
        }
        return all;
    }

    private Cluster cluster() {
        if (cluster == null) {
            Infrastructure servers = infrastructure();
            try (TerminalProgress progress = progress()) {
                cluster = ClusterPlan.on(servers, directory.path().resolve("stack"))
                        .ports(Ports.free())
                        .hostname(HOSTNAME)
                        .services(services)
                        .jvm(JvmTuning.SUSTAINED)
                        // A probe asks for a refusal again and again.
                        .configure(Service.INGRESS, "sekisho.smtp.error-limit", "10000")
                        .progress(progress)
                        .start();
            }
        }
        return cluster;
    }

    /** What the gateway's listener shows, for peers that are to show the same. */
    public SelfSignedCertificate certificate() {
        return SelfSignedCertificate.in(directory.path().resolve("stack").resolve("tls"), HOSTNAME);
    }

    private TerminalProgress progress() {
        return new TerminalProgress(
                out,
                Boolean.getBoolean("sekisho.terminal")
                        ? TerminalProgress.Output.TERMINAL
                        : TerminalProgress.Output.FILE);
    }

    private void closeServers() {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } finally {
            if (infrastructure != null) {
                infrastructure.close();
            }
        }
    }

    @Override
    public void close() {
        try (directory) {
            closeServers();
        }
    }
}
