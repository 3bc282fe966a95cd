package io.sekisho.bench.policy;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.HttpLoop;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.PlainEndpoint;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Decisions explained per second. */
public final class PolicyApiBenchmark implements Benchmark<Stage> {

    private static final int CONNECTIONS = 16;
    private static final String DOMAIN = "explained.example";

    @Override
    public String name() {
        return "policy-api";
    }

    @Override
    public String description() {
        return """
                `POST /api/v1/decisions` over 16 kept connections, against a Quarkus application with one endpoint that takes the same question and \
                answers as much JSON without looking anything up: the same JVM options, no authentication, no database. The gateway's side verifies \
                the API key and reads the compiled domain from PostgreSQL in a transaction.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS));
        ManagedDomain domain = new ManagedDomain(cluster, DOMAIN);
        domain.register(1, Set.of());
        PlainEndpoint plain = PlainEndpoint.start(stage.directory());
        plain.awaitReady();
        HttpLoop gateway = new HttpLoop(
                cluster.url(Service.POLICY).getPort(),
                CONNECTIONS,
                "/api/v1/decisions",
                cluster.adminKey(),
                domain.question());
        HttpLoop peer = new HttpLoop(plain.port(), CONNECTIONS, "/plain", "", domain.question());
        return new SimpleStand(
                List.of(new Comparison(
                        "policy-api.decisions",
                        "questions answered",
                        "answers/s",
                        Better.HIGHER,
                        gateway::rate,
                        "plain Quarkus endpoint",
                        peer::rate)),
                () -> List.of(told("gateway", gateway), told("plain endpoint", peer)),
                plain::close);
    }

    private static String told(String who, HttpLoop loop) {
        return who + ": " + loop.latencies().summary() + ", answers of " + loop.answerOctets() + " octets";
    }
}
