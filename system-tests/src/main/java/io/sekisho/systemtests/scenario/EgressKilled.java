package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** An egress is killed in mid-delivery: the other takes over when the claims run out. */
final class EgressKilled implements Scenario {

    @Override
    public String name() {
        return "egress-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(2), new Fault.Kill(Service.EGRESS, 1)));
    }
}
