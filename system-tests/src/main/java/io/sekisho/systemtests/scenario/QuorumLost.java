package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Two of three Kafka nodes are gone: one copy is not enough, so nothing is acknowledged until a second is back. */
final class QuorumLost implements Scenario {

    @Override
    public String name() {
        return "quorum-lost";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.withKafkaNodes(3);
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(
                Duration.ofSeconds(12),
                new Fault.Together(new Fault.KillServer(Piece.KAFKA, 2), new Fault.KillServer(Piece.KAFKA, 3))));
    }
}
