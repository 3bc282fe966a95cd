package io.sekisho.demo;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Ports;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.command.TerminalProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Everything the story needs, running: infrastructure, the four services, the mail servers around them. */
final class Stage implements AutoCloseable {

    private final Path directory;
    private final boolean keep;
    private final PrintWriter out;
    private final Infrastructure infrastructure;
    private final Cluster cluster;
    private final Partners partners;
    private final Mailer mailer;
    private final Policy policy;
    private final Tracking tracking;

    private Stage(
            Path directory,
            boolean keep,
            PrintWriter out,
            Infrastructure infrastructure,
            Cluster cluster,
            Partners partners) {
        this.directory = directory;
        this.keep = keep;
        this.out = out;
        this.infrastructure = infrastructure;
        this.cluster = cluster;
        this.partners = partners;
        this.mailer = new Mailer(cluster.smtpPort());
        RestClient rest = new RestClient(cluster.adminKey());
        this.policy = new Policy(rest, cluster);
        this.tracking = new Tracking(rest, cluster);
    }

    /**
     * Starts it all, on free ports.
     *
     * @param chosen the data directory; null: a new temporary one
     * @throws io.sekisho.localstack.StackFailure with a sentence for the person at the terminal
     */
    static Stage set(Path chosen, boolean keep, PrintWriter out) {
        Path directory = chosen == null ? temporaryDirectory() : chosen.toAbsolutePath();
        out.println("Starting a stack of its own for the demo, on free ports, with data in " + directory);
        TerminalProgress.Output output = Boolean.getBoolean("sekisho.terminal")
                ? TerminalProgress.Output.TERMINAL
                : TerminalProgress.Output.FILE;
        Partners partners = new Partners();
        Infrastructure infrastructure = null;
        try (TerminalProgress progress = new TerminalProgress(out, output)) {
            infrastructure = LocalStack.with(EnumSet.allOf(Piece.class))
                    .dataDirectory(directory)
                    .progress(progress)
                    .start();
            Cluster cluster = ClusterPlan.on(infrastructure, directory)
                    .ports(Ports.free())
                    .hostname("gateway.sekisho.example")
                    .configure(Service.EGRESS, "sekisho.delivery.routes", partners.routes())
                    .progress(progress)
                    .startUp(ClusterPlan.StartUp.CLASS_ARCHIVE)
                    .start();
            return new Stage(directory, keep, out, infrastructure, cluster, partners);
        } catch (RuntimeException e) {
            partners.close();
            if (infrastructure != null) {
                infrastructure.close();
            }
            throw e;
        }
    }

    Partners partners() {
        return partners;
    }

    Mailer mailer() {
        return mailer;
    }

    Policy policy() {
        return policy;
    }

    Tracking tracking() {
        return tracking;
    }

    Path logs() {
        return directory.resolve("logs");
    }

    void printAddresses() {
        out.printf("%n  %-17s %s%n", "SMTP (mx)", "127.0.0.1:" + cluster.smtpPort());
        for (Service service : List.of(Service.POLICY, Service.TRACKING)) {
            out.printf("  %-17s %s%n", service.id(), cluster.url(service) + "/q/swagger-ui");
        }
        out.println();
    }

    void printKept() {
        out.printf("%nThe stack stays up until Ctrl-C. Admin key: %s%n", cluster.adminKey());
        out.printf(
                "  curl -H 'Authorization: Bearer %s' '%s/api/v1/messages?traffic=BLOCKED'%n",
                cluster.adminKey(), cluster.url(Service.TRACKING));
        out.flush();
    }

    @Override
    public void close() {
        mailer.close();
        cluster.close();
        infrastructure.close();
        partners.close();
        if (!keep) {
            delete(directory);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("sekisho-demo-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's data could not be deleted; it is in " + directory, e);
        }
    }
}
