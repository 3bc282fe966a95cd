package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Destination;
import java.time.Duration;
import java.util.List;

/** PostgreSQL's disk is full while mail must be deferred for want of TLS: what has no row stays in the queue. */
final class PostgresDiskFull implements Scenario {

    @Override
    public String name() {
        return "postgres-disk-full";
    }

    @Override
    public ArenaPlan arena() {
        return ArenaPlan.STANDARD.withSmallDiskFor(Piece.POSTGRES);
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(
                Duration.ofSeconds(10),
                new Fault.Together(new Fault.FillDisk(Piece.POSTGRES), new Fault.StripStartTls(Destination.TLS12))));
    }
}
