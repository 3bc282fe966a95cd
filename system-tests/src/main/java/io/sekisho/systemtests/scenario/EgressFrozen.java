package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** An egress stands still for longer than its claims last, while the other delivers what it had; then it goes on as if nothing had been. */
final class EgressFrozen implements Scenario {

    @Override
    public String name() {
        return "egress-frozen";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(75), new Fault.Freeze(Service.EGRESS, 1)));
    }
}
