package io.sekisho.policyservice.peer;

import io.sekisho.policyservice.warning.Warning;
import io.sekisho.rest.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file says, checked by itself.
 *
 * @param peers one of each direction and peer
 * @param skipped lines without effect, also where they come from
 * @param faults every line that cannot be taken
 */
record ImportedPeers(List<Line> peers, List<Skipped> skipped, List<FieldError> faults) {

    /** A peer and its place. */
    record Line(int number, PeerSettings settings, List<Warning> warnings) {}

    /** A line that is left out, and why. */
    record Skipped(int number, Warning warning) {}

    /** Collects lines in their order. Not for use by several threads. */
    static final class Builder {
        private final List<Line> peers = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<FieldError> faults = new ArrayList<>();
        private final Map<PeerKey, Integer> places = new HashMap<>();

        void add(int number, PeerSettings settings, List<Warning> warnings) {
            Integer earlier = places.putIfAbsent(PeerKey.of(settings), number);
            if (earlier == null) {
                peers.add(new Line(number, settings, warnings));
            } else {
                faults.add(new FieldError(
                                "peer",
                                "the " + settings.direction() + " peer "
                                        + settings.peer().text() + " is on line " + earlier + " already")
                        .at(number));
            }
        }

        void skip(int number, Warning warning) {
            skipped.add(new Skipped(number, warning));
        }

        void fault(FieldError fault) {
            faults.add(fault);
        }

        ImportedPeers build() {
            return new ImportedPeers(List.copyOf(peers), List.copyOf(skipped), List.copyOf(faults));
        }
    }
}
