package io.sekisho.bench.service;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.ClosedLoop;
import io.sekisho.bench.load.Connections;
import io.sekisho.bench.load.LoadMessage;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.load.SmtpSink;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where the time of each service goes while mail passes. */
public final class ProfileBenchmark implements Benchmark<Stage> {

    private static final String DOMAIN = "profiled.example";
    private static final int SESSIONS = 20;
    private static final int FRAMES = 8;
    private static final LoadMessage MESSAGE = LoadMessage.of("somebody@partner.example", "box@" + DOMAIN, 10 * 1024);

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String description() {
        return """
                All services run while 20 sessions send messages of 10 KB with STARTTLS, half of them over new connections, to a next hop that takes \
                all; JDK Flight Recorder samples what their threads execute (every 10 ms, Java and native code). For each service: the frames on top \
                of the stack, and the topmost frames of our own code, with their share of the samples. Samples of native code that only waits \
                are left out.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        List<String> findings = new ArrayList<>();
        Cluster cluster = stage.running(EnumSet.allOf(Service.class));
        try (SmtpSink sink = new SmtpSink()) {
            new ManagedDomain(cluster, DOMAIN).register(sink.port(), Set.of(Service.INGRESS, Service.EGRESS));
            load(cluster, effort);
            List<FlightRecording> recordings = new ArrayList<>();
            for (Service service : Service.values()) {
                Path file = stage.directory().resolve(service.id() + ".jfr");
                recordings.add(FlightRecording.begin(
                        service.id(), cluster.first(service).pid(), file));
            }
            load(cluster, effort);
            for (FlightRecording recording : recordings) {
                findings.addAll(recording.end(FRAMES));
            }
        }
        return new SimpleStand(List.of(), () -> findings, () -> {});
    }

    private static void load(Cluster cluster, Effort effort) throws Exception {
        for (Connections connections : Connections.values()) {
            new ClosedLoop(cluster.smtpPort(), SessionKind.STARTTLS, connections, SESSIONS, MESSAGE)
                    .rate(effort.span());
        }
    }
}
