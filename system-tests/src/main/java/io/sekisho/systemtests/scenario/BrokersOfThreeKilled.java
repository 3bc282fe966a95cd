package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Of three Kafka nodes each is killed in turn: the other two carry on. */
final class BrokersOfThreeKilled implements Scenario {

    @Override
    public String name() {
        return "brokers-of-three-killed";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.withKafkaNodes(3);
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(
                TimedFault.lasting(Duration.ofSeconds(10), new Fault.KillServer(Piece.KAFKA, 1)),
                TimedFault.lasting(Duration.ofSeconds(10), new Fault.KillServer(Piece.KAFKA, 2)),
                TimedFault.lasting(Duration.ofSeconds(10), new Fault.FreezeServer(Piece.KAFKA, 3)));
    }
}
