package io.sekisho.egress.destination;

import java.util.Optional;

/**
 * What a pod's attempts at a destination have said, one after the other, since it last told the others.
 *
 * @param growth by how many attempts at once more could be made
 * @param troubles all of them
 * @param lastTroubles of these, the ones since the last answer
 * @param answered whether there was an answer
 * @param last trouble
 */
public record Feedback(int growth, int troubles, int lastTroubles, boolean answered, Optional<Trouble> last) {

    /** Nothing was heard. */
    public static final Feedback NONE = new Feedback(0, 0, 0, false, Optional.empty());

    /** How much of what was allowed was used when an attempt ended. */
    public enum Use {
        /** All of it: only then does a success say that more can be allowed. */
        FULL,
        PART
    }

    boolean isNothing() {
        return equals(NONE);
    }

    /** And then this. */
    Feedback then(Signal signal, Use use) {
        return switch (signal) {
            case Signal.Took took -> new Feedback(growth + (use == Use.FULL ? 1 : 0), troubles, 0, true, last);
            case Signal.Answered answer -> new Feedback(growth, troubles, 0, true, last);
            case Signal.InTrouble(Trouble trouble) ->
                new Feedback(growth, troubles + 1, lastTroubles + 1, answered, Optional.of(trouble));
            case Signal.Silent silent -> this;
        };
    }

    /** And then all of that. */
    Feedback then(Feedback later) {
        return new Feedback(
                growth + later.growth,
                troubles + later.troubles,
                later.answered ? later.lastTroubles : lastTroubles + later.lastTroubles,
                answered || later.answered,
                later.last.or(() -> last));
    }
}
