package io.sekisho.egress.attempt;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A pod that is killed at a step: before the step has its effect, or after it and before its answer. From then on nothing
 * that it does has an effect, and nothing is answered.
 */
final class Mortality {

    enum When {
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    /** Lives on. */
    static Mortality immortal() {
        return new Mortality(Integer.MAX_VALUE, When.AFTER_EFFECT);
    }

    private final int killedAt;
    private final When when;
    private final List<String> steps = new ArrayList<>();
    private volatile boolean dead;

    Mortality(int killedAt, When when) {
        this.killedAt = killedAt;
        this.when = when;
    }

    boolean isDead() {
        return dead;
    }

    /** The last step begun. */
    synchronized String lastStep() {
        return steps.isEmpty() ? "" : steps.get(steps.size() - 1);
    }

    <T> Uni<T> step(String name, Supplier<Uni<T>> step) {
        return Uni.createFrom().deferred(() -> {
            synchronized (this) {
                if (dead) {
                    return Uni.createFrom().nothing();
                }
                steps.add(name);
                if (steps.size() == killedAt) {
                    dead = true;
                    if (when == When.AFTER_EFFECT) {
                        step.get().subscribe().with(any -> {}, any -> {});
                    }
                    return Uni.createFrom().nothing();
                }
            }
            return step.get();
        });
    }
}
