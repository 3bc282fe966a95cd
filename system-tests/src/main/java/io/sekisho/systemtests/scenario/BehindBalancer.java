package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Ingresses behind HAProxy are ended one after the other, as in a rollout, and one is killed. */
final class BehindBalancer implements Scenario {

    @Override
    public String name() {
        return "behind-balancer";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.behindBalancer();
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(
                TimedFault.lasting(Duration.ofSeconds(2), new Fault.Terminate(Service.INGRESS, 1)),
                TimedFault.lasting(Duration.ofSeconds(2), new Fault.Terminate(Service.INGRESS, 2)),
                TimedFault.lasting(Duration.ofSeconds(2), new Fault.Kill(Service.INGRESS, 1)));
    }
}
