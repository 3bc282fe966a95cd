package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.stage.Stage;
import java.util.Optional;

/** Messages received and delivered per second. */
public final class RelayBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public String description() {
        return """
                A number of messages of 10 KB is sent by 20 sessions with STARTTLS over kept connections; measured from the first command until the \
                next hop has taken the last of them. Both deliver to the same sink on loopback, in clear, over as many connections as each takes by \
                default (20 each, for one destination). Both have mail on disk before 250. tracking-service is stopped; the \
                gateway publishes its events to Kafka all the same, Postfix writes its log.""";
    }

    @Override
    public Optional<String> obstacle() {
        return Postfix.obstacle();
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        return RelayStand.on(stage, effort);
    }
}
