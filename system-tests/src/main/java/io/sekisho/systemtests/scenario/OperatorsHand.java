package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Destination;
import java.time.Duration;
import java.util.List;

/** An operator holds, releases, flushes and cancels mail in mid-traffic while egress is killed: what is not cancelled arrives. */
final class OperatorsHand implements Scenario {

    @Override
    public String name() {
        return "operators-hand";
    }

    @Override
    public boolean cancels() {
        return true;
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(
                TimedFault.lasting(
                        Duration.ofSeconds(4),
                        new Fault.Together(new Fault.Hold(Destination.EITHER), new Fault.Kill(Service.EGRESS, 1))),
                TimedFault.lasting(Duration.ofSeconds(4), new Fault.Cancel(Destination.PLAIN, 2)));
    }
}
