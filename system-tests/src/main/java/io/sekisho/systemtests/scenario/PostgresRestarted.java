package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.Piece;
import io.sekisho.systemtests.fault.Fault;
import io.sekisho.systemtests.fault.TimedFault;
import java.time.Duration;
import java.util.List;

/** PostgreSQL is killed: first attempts go on, and what must be deferred stays in the queue. */
final class PostgresRestarted implements Scenario {

    @Override
    public String name() {
        return "postgres-restarted";
    }

    @Override
    public List<TimedFault> faults() {
        return List.of(TimedFault.lasting(Duration.ofSeconds(5), new Fault.KillServer(Piece.POSTGRES, 1)));
    }
}
