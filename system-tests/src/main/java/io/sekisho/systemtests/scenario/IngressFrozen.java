package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** An ingress stands still, its connections open; its clients go to the other. */
final class IngressFrozen implements Scenario {

    @Override
    public String name() {
        return "ingress-frozen";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(10), new Fault.Freeze(Service.INGRESS, 1)));
    }
}
