package io.sekisho.egress.quarantine;

import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The quarantine as an operator's hand reaches it. Every result fails where the database is out of reach.
 *
 * <p>Thread safety: may be called from any thread; works when subscribed to.
 */
public interface QuarantineShelf {

    Uni<Optional<QuarantinedMail>> find(UUID id);

    /**
     * Takes it away for good, if the step succeeds; nobody else takes it meanwhile.
     *
     * @return false where it is gone already: then the step is not done
     */
    Uni<Boolean> remove(UUID id, Supplier<Uni<Void>> step);

    /**
     * As {@link #remove}, and makes the rows of the schedule before the step: all or nothing. Where one of them is there
     * still, the entry stays and the step is not done: whoever ends that row would take the new one with it.
     */
    Uni<Reinstatement> reinstate(UUID id, Supplier<Uni<Void>> step, Envelope envelope, List<ScheduleEntry> rows);
}
