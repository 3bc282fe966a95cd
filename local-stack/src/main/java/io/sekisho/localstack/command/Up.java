package io.sekisho.localstack.command;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.ClusterPlan;
import io.sekisho.localstack.cluster.Endpoint;
import io.sekisho.localstack.cluster.Ports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts infrastructure and services and stays until Ctrl-C, {@code down}, or until one of them ends by itself. */
@Command(
        name = "up",
        description = "Starts Kafka, PostgreSQL, Redis and the four services on 127.0.0.1 and waits for Ctrl-C.",
        footer = {
            "",
            "SEKISHO_INFRA=embedded|docker|auto chooses how Kafka, PostgreSQL and Redis run.",
            "Other environment variables reach the services, e.g.",
            "SEKISHO_DELIVERY_ROUTES='partner.example=127.0.0.1:2626' (static routes of smtp-egress)."
        },
        mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {
    private static final long LOOK_NANOS = Duration.ofMillis(300).toNanos();

    @Mixin
    private DataDirectory dataDirectory;

    @Mixin
    private PortOptions portOptions;

    @Option(
            names = "--admin-key",
            paramLabel = "<key>",
            description = "The admin API key (default: one is generated and kept).")
    private String adminKey;

    @Option(names = "--detach", description = "Return when everything is ready; ./sekisho down ends it.")
    private boolean detach;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        Path directory = dataDirectory.path();
        requireNoneRunning(directory);
        Ports ports = portOptions.ports();
        if (detach) {
            return new DetachedUp(directory, out)
                    .run(spec.commandLine().getParent().getParseResult().originalArgs());
        }
        EndOfProcess end = EndOfProcess.watchedBy(Thread.currentThread(), out);
        TerminalProgress progress = new TerminalProgress(
                out,
                Boolean.getBoolean("sekisho.terminal")
                        ? TerminalProgress.Output.TERMINAL
                        : TerminalProgress.Output.FILE);
        try (Infrastructure infrastructure = infrastructure(directory, ports, progress)) {
            RunRecord.ofThisProcess(RunRecord.State.STARTING).write(directory);
            try (Cluster cluster = cluster(infrastructure, directory, ports, progress)) {
                progress.close();
                Welcome.print(out, cluster, directory, Duration.ofNanos(System.nanoTime() - began));
                RunRecord.ofThisProcess(RunRecord.State.READY).write(directory);
                watch(infrastructure, cluster);
            } finally {
                RunRecord.delete(directory);
            }
        } catch (RuntimeException e) {
            if (!end.isComing()) {
                throw e;
            }
        } finally {
            progress.close();
            end.reached(0);
        }
        return 0;
    }

    /** Before the ports are looked at: those of a running stack are in use, which would say less. */
    private static void requireNoneRunning(Path directory) {
        RunRecord.read(directory).flatMap(RunRecord::process).ifPresent(running -> {
            throw new StackFailure("A stack is running in " + directory + " already (process " + running.pid()
                    + "). ./sekisho down ends it; --data-dir with --free-ports starts another beside it.");
        });
    }

    private static Infrastructure infrastructure(Path directory, Ports ports, TerminalProgress progress) {
        LocalStack stack = LocalStack.with(EnumSet.allOf(Piece.class))
                .dataDirectory(directory)
                .progress(progress);
        for (Endpoint endpoint : Endpoint.values()) {
            endpoint.piece().ifPresent(piece -> stack.port(piece, ports.of(endpoint)));
        }
        return stack.start();
    }

    private Cluster cluster(Infrastructure infrastructure, Path directory, Ports ports, TerminalProgress progress) {
        ClusterPlan plan = ClusterPlan.on(infrastructure, directory)
                .ports(ports)
                .progress(progress)
                .startUp(ClusterPlan.StartUp.CLASS_ARCHIVE);
        Optional.ofNullable(adminKey).ifPresent(plan::adminKey);
        return plan.start();
    }

    /** Returns when this thread is interrupted, by {@link EndOfProcess}; throws when a child has ended. */
    private static void watch(Infrastructure infrastructure, Cluster cluster) {
        while (!Thread.currentThread().isInterrupted()) {
            infrastructure.requireAlive();
            cluster.requireAlive();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
