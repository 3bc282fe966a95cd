package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** The only Kafka node stands still: mail is answered 451, and what was in doubt is sent again. */
final class BrokerFrozen implements Scenario {

    @Override
    public String name() {
        return "broker-frozen";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(8), new Fault.FreezeServer(Piece.KAFKA, 1)));
    }
}
