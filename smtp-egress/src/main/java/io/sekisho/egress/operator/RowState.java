package io.sekisho.egress.operator;

/** How a row of the schedule stands, as conditions on a schedule of the alias {@code s}. */
final class RowState {

    /** An attempt is under way in some pod. */
    static final String IN_FLIGHT = "coalesce(s.lease_until > clock_timestamp(), false)";

    /** It is held back, by a standing order or by itself. */
    static final String HELD = "(s.held_by_order OR s.held_alone IS NOT NULL)";

    /** It waits for its next attempt. */
    static final String WAITS = "(NOT " + IN_FLIGHT + " AND NOT " + HELD + " AND s.cancelled_by IS NULL)";

    private RowState() {}
}
