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

    /**
     * Ranges that hold these days, one after the other.
     *
     * @param days newest first
     */
    static List<DayRange> over(List<LocalDate> days) {
        List<DayRange> ranges = new ArrayList<>();
        for (int i = 0; i < days.size(); i += MOST_DAYS) {
            int end = Math.min(i + MOST_DAYS, days.size());
            ranges.add(new DayRange(days.get(end - 1), days.get(i)));
        }
        return ranges;
    }

    /** As SQL. The days are written out, so that PostgreSQL knows the partitions when it plans. */
    String holds(String column) {
        return column + " BETWEEN DATE '" + first + "' AND DATE '" + last + "'";
    }
}
