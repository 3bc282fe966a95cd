package io.sekisho.systemtests.scenario;

/**
 * How large a run is.
 *
 * @param messages that are acknowledged at least before a scenario ends
 * @param perSecond messages sent at most
 * @param rounds how often a scenario's faults are done
 */
public record Extent(int messages, int perSecond, int rounds) {

    /** For every build. */
    public static final Extent SHORT = new Extent(400, 100, 1);

    /** For an afternoon. */
    public static final Extent LONG = new Extent(10_000, 200, 4);
}
