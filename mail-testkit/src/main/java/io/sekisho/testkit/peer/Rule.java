package io.sekisho.testkit.peer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * One line of a peer's script: at this step, if the argument matches, react so, at most so many times. Thread safe.
 */
final class Rule {

    private final Step step;
    private final Pattern argument;
    private final Reaction reaction;
    private final AtomicInteger left;

    Rule(Step step, Pattern argument, Reaction reaction, int times) {
        this.step = step;
        this.argument = argument;
        this.reaction = reaction;
        this.left = new AtomicInteger(times);
    }

    /** Takes one use of this rule if it applies. */
    boolean takes(Step at, String text) {
        return step == at && argument.matcher(text).find() && left.getAndUpdate(count -> count > 0 ? count - 1 : 0) > 0;
    }

    Reaction reaction() {
        return reaction;
    }
}
