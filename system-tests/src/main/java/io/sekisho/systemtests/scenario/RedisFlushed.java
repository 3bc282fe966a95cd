package io.sekisho.systemtests.scenario;

import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** All that Redis held is gone: policy is published again, the ledger forgets what was delivered. */
final class RedisFlushed implements Scenario {

    @Override
    public String name() {
        return "redis-flushed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(3), new Fault.FlushRedis()));
    }
}
