package io.sekisho.ingress.limit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One client's counts: those of this pod, and of the others what was last heard. A minute slides: of the minute before counts
 * the part that is not yet over, as if what happened in it had been spread evenly.
 *
 * <p><b>Thread safety:</b> none; its table's lock.
 */
final class ClientCounts {

    static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /** After which nobody believes what the other pods were last said to count. */
    static final long HEARSAY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Set<ClientLimit> told = EnumSet.noneOf(ClientLimit.class);

    private int open;
    private long minute;
    private int[] current = new int[ClientLimit.COUNT];
    private int[] previous = new int[ClientLimit.COUNT];
    private List<Integer> others = List.of();
    private long othersHeard;

    ClientCounts(long now) {
        minute = minute(now);
    }

    private static long minute(long now) {
        return Math.floorDiv(now, MINUTE_NANOS);
    }

    void opened() {
        open++;
    }

    void closed() {
        open--;
    }

    boolean isOpen() {
        return open > 0;
    }

    void add(ClientLimit limit, long now) {
        turn(now);
        current[limit.place()]++;
    }

    /** In this pod. */
    int own(ClientLimit limit, long now) {
        if (limit == ClientLimit.CONNECTIONS_AT_ONCE) {
            return open;
        }
        turn(now);
        double remaining = 1 - (double) Math.floorMod(now, MINUTE_NANOS) / MINUTE_NANOS;
        return current[limit.place()] + (int) (previous[limit.place()] * remaining);
    }

    /** In all pods, as far as it is known. */
    long everywhere(ClientLimit limit, long now) {
        boolean known = !others.isEmpty() && now - othersHeard <= HEARSAY_NANOS;
        return own(limit, now) + (known ? (long) others.get(limit.place()) : 0);
    }

    void hear(List<Integer> ofOthers, long now) {
        others = ofOthers;
        othersHeard = now;
    }

    List<Integer> share(long now) {
        return Stream.of(ClientLimit.values()).map(limit -> own(limit, now)).toList();
    }

    /** Nothing of it counts any more. */
    boolean isForgotten(long now) {
        return open == 0 && minute(now) > minute + 1;
    }

    LimitExceeded.Occurrence tell(ClientLimit limit, long now) {
        turn(now);
        return told.add(limit) ? LimitExceeded.Occurrence.FIRST : LimitExceeded.Occurrence.REPEATED;
    }

    private void turn(long now) {
        long passed = minute(now) - minute;
        if (passed == 0) {
            return;
        }
        previous = passed == 1 ? current : new int[ClientLimit.COUNT];
        current = new int[ClientLimit.COUNT];
        minute += passed;
        told.clear();
    }
}
