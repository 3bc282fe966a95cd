package io.sekisho.egress.attempt;

/**
 * Where somebody waits for a slot.
 *
 * @param destination before which
 * @param domain the managed domain whose mail it is, by which they take turns
 */
record Place(String destination, Lane lane, String domain) {

    /** How what waits before one destination shares its slots. */
    enum Lane {
        /** New mail: half of the slots, if there is older mail. */
        QUEUE,
        /** Mail of the schedule, the longest due first: half of the slots, if there is new mail. */
        SCHEDULE,
        /** What must be attempted now even where nothing else may: one at a time. */
        PRESSING
    }
}
