package io.sekisho.egress.ledger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps the work of one script short: Redis does nothing else meanwhile. */
final class LedgerBatches {

    private LedgerBatches() {}

    /** Does the step for 100 items at a time, one batch after the other; ends at the first failure. */
    static <T> Uni<Void> inTurn(List<T> items, Function<List<T>, Uni<?>> step) {
        List<List<T>> batches = new ArrayList<>();
        for (int start = 0; start < items.size(); start += LedgerLine.MOST_KEYS) {
            batches.add(items.subList(start, Math.min(start + LedgerLine.MOST_KEYS, items.size())));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> step.apply(batch).replaceWithVoid())
                .collect()
                .last();
    }
}
