package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Every ingress and egress is ended as Kubernetes does in a rollout, one after the other. */
final class ServicesTerminated implements Scenario {

    @Override
    public String name() {
        return "services-terminated";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(
                TimedFault.lasting(Duration.ofSeconds(1), new Fault.Terminate(Service.EGRESS, 1)),
                TimedFault.lasting(Duration.ofSeconds(1), new Fault.Terminate(Service.EGRESS, 2)),
                TimedFault.lasting(Duration.ofSeconds(1), new Fault.Terminate(Service.INGRESS, 1)),
                TimedFault.lasting(Duration.ofSeconds(1), new Fault.Terminate(Service.INGRESS, 2)));
    }
}
