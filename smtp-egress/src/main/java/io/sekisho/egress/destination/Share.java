package io.sekisho.egress.destination;

import java.util.List;

/**
 * Which part of a destination's concurrency is this pod's. The parts of all pods add up to the whole; what cannot be divided
 * falls to other pods for each destination.
 *
 * <p>Thread safety: immutable.
 *
 * @param pods how many there are, 1 or more
 * @param rank of this one among them, 0 to {@code pods - 1}
 */
record Share(int pods, int rank) {

    /** Before any other pod is known of. */
    static final Share ALL = new Share(1, 0);

    /** The share of a pod among those that live; of one that they do not know yet, as if it were the last. */
    static Share of(String owner, List<String> living) {
        List<String> all = living.stream().sorted().distinct().toList();
        int rank = all.indexOf(owner);
        return rank >= 0 ? new Share(all.size(), rank) : new Share(all.size() + 1, all.size());
    }

    /** Attempts at once of this pod; 0 where there are fewer than pods. */
    int of(int concurrency, String destination) {
        int turn = Math.floorMod(rank - destination.hashCode(), pods);
        return concurrency / pods + (turn < concurrency % pods ? 1 : 0);
    }
}
