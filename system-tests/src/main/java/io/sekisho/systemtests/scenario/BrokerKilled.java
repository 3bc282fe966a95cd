package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** The only Kafka node is killed and started again: what it had acknowledged was on disk. */
final class BrokerKilled implements Scenario {

    @Override
    public String name() {
        return "broker-killed";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(3), new Fault.KillServer(Piece.KAFKA, 1)));
    }
}
