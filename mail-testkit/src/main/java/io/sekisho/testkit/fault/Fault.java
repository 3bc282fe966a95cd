package io.sekisho.testkit.fault;

/** What a {@link FaultProxy} does to the connections that begin while it is set. */
public sealed interface Fault {

    /** Nothing. */
    record None() implements Fault {}

    /** Makes the server's STARTTLS unreadable in its EHLO reply, as an attacker in the middle does (RFC 7435 §1.2). */
    record StripStartTls() implements Fault {}

    /** Resets both ends after so many octets of one direction have passed. */
    record CutAfter(Direction direction, long octets) implements Fault {}

    /** Passes so many octets of one direction, then no more; both connections stay open. */
    record StallAfter(Direction direction, long octets) implements Fault {}

    /** Takes connections and closes them at once. */
    record Refuse() implements Fault {}
}
