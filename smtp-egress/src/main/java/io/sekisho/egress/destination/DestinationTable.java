package io.sekisho.egress.destination;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the pods tell one another what they know of destinations.
 *
 * <p>Thread safety: may be called from any thread; works when subscribed to.
 */
public interface DestinationTable {

    /**
     * What a pod has to say and to ask.
     *
     * @param owner pod and incarnation, which lives
     * @param told what its attempts say, by destination
     * @param probes destinations whose probe it wants, or wants to keep
     * @param used destinations that it has to do with and that must not be forgotten
     * @param asked destinations of which it wants to know everything
     * @param since the time of the answer before, of which it wants all changes; the epoch: of all that are suspended
     */
    record Request(
            String owner,
            Map<String, Feedback> told,
            Set<String> probes,
            Collection<String> used,
            Collection<String> asked,
            Instant since) {}

    /**
     * What there is to know.
     *
     * @param states of the destinations asked for, where there is something to say, and of all that changed
     * @param pods those that live
     * @param now the time that all pods share
     */
    record Answer(Map<String, DestinationState> states, List<String> pods, Instant now) {}

    /** Tells, asks, and says that this pod lives. Fails where the others cannot be reached; then nothing was told. */
    Uni<Answer> exchange(Request request);

    /** Forgets dead pods, and destinations that nobody used for a day, or that are too many. */
    Uni<Void> forget();

    /** The pod is going: its share is free for the others at once. */
    Uni<Void> leave(String owner);
}
