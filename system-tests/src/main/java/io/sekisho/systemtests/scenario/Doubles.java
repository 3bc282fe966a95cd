package io.sekisho.systemtests.scenario;

import io.sekisho.systemtests.arrival.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Messages that arrived more often than once, sorted by whether the design explains them.
 *
 * @param sentAgain by a client that had got no 250: the gateway had it under two ids
 * @param deliveredAgain under one id, by a fault that may double
 * @param unexplained a sentence each
 */
record Doubles(int sentAgain, int deliveredAgain, List<String> unexplained) {

    /** A fault reaches what was in hand shortly before it, and what is tried again after it. */
    private static final Duration BEFORE = Duration.ofSeconds(60);

    Doubles {
        unexplained = List.copyOf(unexplained);
    }

    int total() {
        return sentAgain + deliveredAgain + unexplained.size();
    }

    /**
     * Sorts them.
     *
     * @param arrivals of each number, in order
     * @param inDoubt numbers that a client had to send again
     * @param doublingFaults when faults began that may double, by {@link System#nanoTime()}
     */
    static Doubles of(Map<Integer, List<Arrival>> arrivals, Set<Integer> inDoubt, List<Long> doublingFaults) {
        int sentAgain = 0;
        int deliveredAgain = 0;
        List<String> unexplained = new ArrayList<>();
        for (Map.Entry<Integer, List<Arrival>> number : arrivals.entrySet()) {
            Set<String> ids = new HashSet<>();
            for (Arrival arrival : number.getValue()) {
                boolean first = ids.isEmpty();
                boolean newId = ids.add(arrival.gatewayId());
                if (first) {
                    continue;
                }
                if (newId && inDoubt.contains(number.getKey())) {
                    sentAgain++;
                } else if (!newId && isExplained(arrival, doublingFaults)) {
                    deliveredAgain++;
                } else {
                    unexplained.add("number " + number.getKey() + " arrived again as " + arrival.gatewayId());
                }
            }
        }
        return new Doubles(sentAgain, deliveredAgain, unexplained);
    }

    private static boolean isExplained(Arrival again, List<Long> doublingFaults) {
        return doublingFaults.stream().anyMatch(began -> again.atNanos() > began - BEFORE.toNanos());
    }

    String sentence() {
        if (total() == 0) {
            return "doubled 0";
        }
        List<String> causes = new ArrayList<>();
        if (sentAgain > 0) {
            causes.add(sentAgain + " sent again by clients that had got no 250");
        }
        if (deliveredAgain > 0) {
            causes.add(deliveredAgain + " delivered again after a fault that may double");
        }
        if (!unexplained.isEmpty()) {
            causes.add(unexplained.size() + " UNEXPLAINED");
        }
        return "doubled " + total() + " (" + String.join(", ", causes) + ")";
    }
}
