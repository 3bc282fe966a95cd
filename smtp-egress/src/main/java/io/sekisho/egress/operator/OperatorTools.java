package io.sekisho.egress.operator;

import io.sekisho.egress.attempt.QuarantineDesk;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What the operator's side takes from the running service. Thread safety: all methods, none blocks. */
public interface OperatorTools {

    QuarantineDesk quarantineDesk();

    /** How many records of the intake queue no pod has finished; empty where Kafka does not tell in time. Never fails. */
    Uni<Optional<Long>> unread();
}
