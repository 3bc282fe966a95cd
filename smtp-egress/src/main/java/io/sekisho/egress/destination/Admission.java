package io.sekisho.egress.destination;

import java.time.Instant;
import java.util.Optional;

/** Whether attempts at a destination may be made now. */
public sealed interface Admission {

    /**
     * They may.
     *
     * @param concurrency attempts at once, of all pods together; 1 or more
     */
    record Open(int concurrency) implements Admission {}

    /** One attempt, of this pod, is to show whether it answers again. */
    record Probe() implements Admission {}

    /** One attempt is to show whether it answers again; it is not settled yet which pod makes it. */
    record ProbeDue() implements Admission {}

    /**
     * None is made.
     *
     * @param until when to look again
     * @param last trouble, where it is known
     */
    record Suspended(Instant until, Optional<Trouble> last) implements Admission {}
}
