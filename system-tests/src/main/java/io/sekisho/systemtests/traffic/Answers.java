package io.sekisho.systemtests.traffic;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the clients were answered. A number is <i>acknowledged</i> once its final dot was answered 250. It is <i>in doubt</i> if once a final
 * dot was sent and no 250 came back (no answer, or a 4yz): the gateway may have it all the same, and the client sends it again.
 *
 * <p>Thread safety: all methods.
 */
public final class Answers {

    private static final int REFUSALS_KEPT = 20;

    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Integer> inDoubt = ConcurrentHashMap.newKeySet();
    private final Collection<String> refusals = new ConcurrentLinkedQueue<>();

    void acknowledge(int number) {
        acknowledged.add(number);
    }

    void doubt(int number) {
        inDoubt.add(number);
    }

    /** A 5yz, which no number deserves. */
    void refuse(int number, String reply) {
        if (refusals.size() < REFUSALS_KEPT) {
            refusals.add("number " + number + ": " + reply);
        }
    }

    public Set<Integer> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    public int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Numbers that once were in doubt. */
    public Set<Integer> inDoubt() {
        return Set.copyOf(inDoubt);
    }

    /** The first of them. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }
}
