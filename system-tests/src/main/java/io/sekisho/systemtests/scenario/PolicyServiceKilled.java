package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** policy-service is killed: decisions go on from the tables in every process. */
final class PolicyServiceKilled implements Scenario {

    @Override
    public String name() {
        return "policy-service-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(6), new Fault.Kill(Service.POLICY, 1)));
    }
}
