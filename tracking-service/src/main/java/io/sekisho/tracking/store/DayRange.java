package io.sekisho.tracking.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Days that one query looks at. A query locks every partition it may open, and PostgreSQL's lock table is small
 * ({@code max_locks_per_transaction}): so a question about all time is put month by month, newest first.
 *
 * @param last inclusive
 */
record DayRange(LocalDate first, LocalDate last) {

    /** How many partitions of a table one query may open. */
    static final int MOST_DAYS = 31;

    /** The first range is short: what is asked for is mostly new, and planning takes longer than reading it. */
    private static final int FIRST_DAYS = 2;

    private static final int GROWTH = 4;

    /**
     * Ranges that hold these days, one after the other, growing.
     *
     * @param days newest first
     */
    static List<DayRange> over(List<LocalDate> days) {
        List<DayRange> ranges = new ArrayList<>();
        int size = FIRST_DAYS;
        for (int start = 0; start < days.size(); start += size, size = Math.min(size * GROWTH, MOST_DAYS)) {
            int end = Math.min(start + size, days.size());
            ranges.add(new DayRange(days.get(end - 1), days.get(start)));
        }
        return ranges;
    }

    /** As SQL. The days are written out, so that PostgreSQL knows the partitions when it plans. */
    String holds(String column) {
        return column + " BETWEEN DATE '" + first + "' AND DATE '" + last + "'";
    }
}
