package io.sekisho.systemtests.scenario;

import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.testkit.peer.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A partner's server hangs at each step of a session in turn: its mail waits, that of others does not. */
final class PartnerHangs implements Scenario {

    @Override
    public String name() {
        return "partner-hangs";
    }

    @Override
    public List<TimedFault> faults() {
        return Stream.of(
                        Step.BANNER,
                        Step.EHLO,
                        Step.STARTTLS,
                        Step.MAIL,
                        Step.RCPT,
                        Step.DATA,
                        Step.CONTENT,
                        Step.END_OF_DATA)
                .map(step -> TimedFault.lasting(Duration.ofSeconds(2), new Fault.Hang(Destination.TLS12, step)))
                .toList();
    }
}
