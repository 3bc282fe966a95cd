package io.sekisho.systemtests.scenario;

import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Destination;
import java.time.Duration;
import java.util.List;

/** Somebody strips STARTTLS on the way to partners that require TLS, and to one that does not. */
final class StartTlsStripped implements Scenario {

    @Override
    public String name() {
        return "starttls-stripped";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(
                TimedFault.lasting(Duration.ofSeconds(4), new Fault.StripStartTls(Destination.TLS13)),
                TimedFault.lasting(Duration.ofSeconds(4), new Fault.StripStartTls(Destination.TLS12)),
                TimedFault.lasting(Duration.ofSeconds(4), new Fault.StripStartTls(Destination.EITHER)));
    }
}
