package io.sekisho.bench.tracking;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.Latencies;
import io.sekisho.bench.stage.RestClient;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** Searching among many messages. */
public final class SearchBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return """
                `GET /api/v1/messages?limit=50` with the filters of a support desk, one question after the other, over the rows of ten days \
                (`--rows`, 1,000,000 unless told otherwise) that were generated straight into tracking's tables. The peer is the shortest SQL with the same \
                meaning on the same tables, prepared, over a connection of its own with the same planner \
                settings: no HTTP, no JSON, no access check, no domains of a row.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.TRACKING));
        TrackingDatabase database = new TrackingDatabase(stage.infrastructure());
        database.execute("SET plan_cache_mode = force_custom_plan; SET jit = off");
        SampleDeliveries.generate(database, effort.rows());
        RestClient rest = new RestClient(cluster.adminKey());
        Findings findings = new Findings();
        findings.note("rows", String.format(Locale.ROOT, "%,d", database.number("SELECT count(*) FROM delivery")));
        List<Comparison> comparisons = new ArrayList<>();
        for (SearchQuestion question : SearchQuestion.values()) {
            comparisons.add(new Comparison(
                    "search." + question.id(),
                    "half of the searches by " + question.what() + " take no longer than",
                    "ms",
                    Better.LOWER,
                    span -> note(question, "API", overApi(cluster, rest, question, span), findings),
                    "bare SQL",
                    span -> note(question, "SQL", bySql(database, question, span), findings)));
        }
        return new SimpleStand(comparisons, findings::lines, database::close);
    }

    private static Latencies overApi(Cluster cluster, RestClient rest, SearchQuestion question, Duration span)
            throws Exception {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + span.toNanos();
        for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
            long began = System.nanoTime();
            rest.text(
                    "GET",
                    URI.create(cluster.url(Service.TRACKING) + "/api/v1/messages?limit=50&" + question.query(i)),
                    "");
            latencies.add(System.nanoTime() - began);
        }
        return latencies;
    }

    private static Latencies bySql(TrackingDatabase database, SearchQuestion question, Duration span) throws Exception {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + span.toNanos();
        try (PreparedStatement statement = database.connection().prepareStatement(question.sql())) {
            for (int i = 0; i == 0 || System.nanoTime() < end; i++) {
                long began = System.nanoTime();
                statement.setString(1, question.value(i));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getString("recipient");
                    }
                }
                latencies.add(System.nanoTime() - began);
            }
        }
        return latencies;
    }

    private static double note(SearchQuestion question, String side, Latencies latencies, Findings findings) {
        findings.note(question.what() + ", " + side, latencies.summary() + " (" + latencies.count() + " searches)");
        return latencies.millisAt(50);
    }
}
