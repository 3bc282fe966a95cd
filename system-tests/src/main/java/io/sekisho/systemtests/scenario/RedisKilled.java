package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Redis is killed: policy comes over HTTP, and delivery goes on without a ledger. */
final class RedisKilled implements Scenario {

    @Override
    public String name() {
        return "redis-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(8), new Fault.KillServer(Piece.REDIS, 1)));
    }
}
