package io.sekisho.egress.route;

import io.sekisho.egress.delivery.RecipientOutcome;
import java.util.List;

/**
 * Where an attempt goes.
 *
 * @param destinations in the order in which they are tried; none: the setbacks are all there is to report
 * @param setbacks one for each host that has no address to try, as if it had been tried and failed so
 */
public record Itinerary(List<Destination> destinations, List<RecipientOutcome> setbacks) {

    public Itinerary {
        destinations = List.copyOf(destinations);
        setbacks = List.copyOf(setbacks);
    }

    static Itinerary deadEnd(RecipientOutcome setback) {
        return new Itinerary(List.of(), List.of(setback));
    }
}
