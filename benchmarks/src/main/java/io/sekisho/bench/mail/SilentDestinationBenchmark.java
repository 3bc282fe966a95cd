package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.stage.Stage;

/** What a destination that accepts and never answers costs the others. */
public final class SilentDestinationBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "silent-destination";
    }

    @Override
    public String description() {
        return """
                Messages of 10 KB for one destination are offered on a fixed schedule, 100 a second, by 10 sessions with STARTTLS; measured is how many \
                a second its server takes, from the first command until the last of them. The peer is the gateway itself with that mail alone. On the \
                gateway's side as many are offered at the same time for a second destination, whose server accepts connections and says nothing. After each \
                measurement that server speaks, so that its mail is gone before the next one. The goal is a ratio above 0.9. tracking-service is stopped.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        return SilentDestinationStand.on(stage);
    }
}
