package io.sekisho.egress.destination;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/**
 * The destinations as all pods share them, for the operator: what this pod does by itself may be a second ahead. Every
 * result fails where the database is out of reach.
 *
 * <p>Thread safety: may be called from any thread; works when subscribed to.
 */
public interface DestinationBook {

    /**
     * Those of these that there is something to say about; a destination without a row is open, and nothing happened there.
     *
     * @param names as in {@code schedule.route}
     */
    Uni<List<DestinationFacts>> find(Collection<String> names);

    /**
     * Ends the wait of suspended ones: one attempt shows at once whether each answers again.
     *
     * @return how many of them were suspended
     */
    Uni<Integer> probeNow(Collection<String> names);
}
