package io.sekisho.egress.operator;

import io.sekisho.egress.destination.DestinationBook;
import io.sekisho.egress.destination.DestinationFacts;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Page;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Adds what the pods know of destinations to what waits for them. */
final class Suspensions {

    private final DestinationBook book;
    private final Caller caller;

    Suspensions(DestinationBook book, Caller caller) {
        this.book = book;
        this.caller = caller;
    }

    Uni<Page<QueuedDestination>> shown(Page<QueueBoard.Line> page) {
        Set<String> routes = page.items().stream()
                .flatMap(line -> line.routes().stream())
                .filter(route -> !route.isEmpty())
                .collect(Collectors.toSet());
        if (routes.isEmpty()) {
            return Uni.createFrom().item(shown(page, Map.of()));
        }
        return book.find(routes)
                .map(found -> shown(
                        page, found.stream().collect(Collectors.toMap(DestinationFacts::name, Function.identity()))));
    }

    private Page<QueuedDestination> shown(Page<QueueBoard.Line> page, Map<String, DestinationFacts> known) {
        return new Page<>(page.items().stream().map(line -> shown(line, known)).toList(), page.nextCursor());
    }

    private QueuedDestination shown(QueueBoard.Line line, Map<String, DestinationFacts> known) {
        QueuedDestination it = line.destination();
        List<DestinationFacts> facts =
                line.routes().stream().map(known::get).filter(Objects::nonNull).toList();
        Optional<Instant> suspended =
                facts.stream().flatMap(fact -> fact.suspendedUntil().stream()).max(Comparator.naturalOrder());
        // What a host said of others' mail is not for a single domain's eyes.
        Optional<DestinationFacts> trouble = caller.domains().isPresent()
                ? Optional.empty()
                : facts.stream()
                        .filter(fact -> fact.lastTrouble().isPresent())
                        .max(Comparator.comparing(fact -> fact.lastTrouble().get()));
        return new QueuedDestination(
                it.destination(),
                it.waiting(),
                it.inFlight(),
                it.held(),
                it.cancelled(),
                it.dueNext(),
                it.oldest(),
                suspended,
                it.lastReply()
                        .or(() -> trouble.flatMap(DestinationFacts::lastReply).map(SaidReply::of)),
                it.lastDetail().or(() -> trouble.flatMap(DestinationFacts::lastDetail)));
    }
}
