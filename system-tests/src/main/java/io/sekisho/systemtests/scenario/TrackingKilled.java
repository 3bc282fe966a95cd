package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** tracking-service is killed in mid-batch: no event is lost or counted twice. */
final class TrackingKilled implements Scenario {

    @Override
    public String name() {
        return "tracking-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(2), new Fault.Kill(Service.TRACKING, 1)));
    }
}
