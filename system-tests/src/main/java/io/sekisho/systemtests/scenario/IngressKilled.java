package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** An ingress is killed in mid-conversation: what it had not answered is sent again to the other. */
final class IngressKilled implements Scenario {

    @Override
    public String name() {
        return "ingress-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(2), new Fault.Kill(Service.INGRESS, 1)));
    }
}
