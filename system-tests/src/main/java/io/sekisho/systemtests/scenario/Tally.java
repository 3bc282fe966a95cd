package io.sekisho.systemtests.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a scenario.
 *
 * @param acknowledged numbers answered 250
 * @param lost those of them that did not arrive
 * @param cancelled how many of them an operator cancelled, and did not arrive
 * @param changed messages that arrived and are not what was sent
 * @param belowRequirement messages that arrived in a session below their destination's requirement
 * @param tracked messages that tracking shows as delivered, in the TLS version that the far end saw
 * @param mistakes everything that must not be, a sentence each
 */
public record Tally(
        int acknowledged,
        List<Integer> lost,
        int cancelled,
        Doubles doubles,
        int changed,
        int belowRequirement,
        int tracked,
        List<String> mistakes) {

    public Tally {
        lost = List.copyOf(lost);
        mistakes = List.copyOf(mistakes);
    }

    /** True if every promise was kept. */
    public boolean isKept() {
        return violations().isEmpty();
    }

    /** Every broken promise, a sentence each. */
    public List<String> violations() {
        List<String> all = new ArrayList<>();
        if (!lost.isEmpty()) {
            all.add("lost, of what was acknowledged: " + lost.stream().limit(20).toList());
        }
        all.addAll(doubles.unexplained());
        all.addAll(mistakes);
        return all;
    }

    /** {@code acknowledged 10,000, delivered 10,000, lost 0, doubled 3 (…), changed 0, below requirement 0, tracked 10,003}. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "acknowledged %,d, delivered %,d, lost %,d, %s%s, changed %,d, below requirement %,d, tracked %,d",
                acknowledged,
                acknowledged - lost.size() - cancelled,
                lost.size(),
                cancelled == 0 ? "" : String.format(Locale.ROOT, "cancelled %,d, ", cancelled),
                doubles.sentence(),
                changed,
                belowRequirement,
                tracked);
    }
}
