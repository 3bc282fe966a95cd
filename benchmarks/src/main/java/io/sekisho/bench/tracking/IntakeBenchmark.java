package io.sekisho.bench.tracking;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Service;
import java.util.EnumSet;
import java.util.List;

/** Events stored per second. */
public final class IntakeBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public String description() {
        return """
                Events of received, queued and delivered mail lie in Kafka, tracking-service is woken up and stores them; measured from the first row \
                stored to the last. The peer is `COPY` of the very same rows (events, deliveries, their domains) by one connection into tables \
                with the same indexes in the same PostgreSQL: without reading, parsing, folding, or the check whether an event is there already.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        stage.running(EnumSet.of(Service.POLICY, Service.TRACKING));
        TrackingDatabase database = new TrackingDatabase(stage.infrastructure());
        EventIntake gateway = new EventIntake(stage, database);
        RowCopy copy = new RowCopy(database);
        return new SimpleStand(
                List.of(new Comparison(
                        "intake.events",
                        "events stored",
                        "events/s",
                        Better.HIGHER,
                        gateway::measure,
                        "COPY",
                        span -> copy.measure())),
                List::of,
                database::close);
    }
}
