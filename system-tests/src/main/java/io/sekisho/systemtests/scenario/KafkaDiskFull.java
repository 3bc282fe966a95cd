package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** Kafka's disk is full: nothing is acknowledged that it could not keep. */
final class KafkaDiskFull implements Scenario {

    @Override
    public String name() {
        return "kafka-disk-full";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.withSmallDiskFor(Piece.KAFKA);
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(10), new Fault.FillDisk(Piece.KAFKA)));
    }
}
