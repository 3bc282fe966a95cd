package io.sekisho.tracking.store;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link TrackingStore} as plainly as it can be written, to agree with: events in a map, everything else computed when asked. */
final class MapTrackingStore implements TrackingStore {
    private final Map<EventKey, TrackedEvent> events = new TreeMap<>();

    @Override
    public Uni<StoredCount> store(List<TrackedEvent> told) {
        int before = events.size();
        told.forEach(event -> events.putIfAbsent(event.key(), event));
        int stored = events.size() - before;
        return Uni.createFrom().item(new StoredCount(stored, told.size() - stored));
    }

    @Override
    public Uni<List<Delivery>> newestFirst(MessageFilter filter, Reach reach, Optional<Place> behind, int atMost) {
        return Uni.createFrom()
                .item(deliveries()
                        .filter(row -> reach.includesAny(row.domains()) && matches(filter, row, reach))
                        .sorted(Comparator.comparing(Place::of, Place.NEWEST_FIRST))
                        .filter(row -> behind.map(place -> Place.NEWEST_FIRST.compare(place, Place.of(row)) < 0)
                                .orElse(true))
                        .limit(atMost)
                        .toList());
    }

    @Override
    public Uni<Optional<MessageHistory>> message(UUID id, Reach reach, Optional<Glob> recipient) {
        List<Delivery> found = deliveries()
                .filter(row -> row.messageId().equals(id) && reach.includesAny(row.domains()))
                .filter(row ->
                        recipient.map(glob -> glob.matches(row.recipient())).orElse(true))
                .sorted(Comparator.comparing(Delivery::recipient))
                .toList();
        if (found.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Set<DeliveryKey> keys = found.stream().map(Delivery::key).collect(Collectors.toSet());
        List<MailEvent> told = events.values().stream()
                .filter(event ->
                        event.delivery().map(row -> keys.contains(row.key())).orElse(false))
                .map(TrackedEvent::event)
                .sorted(Comparator.comparing(MailEvent::at)
                        .thenComparingInt(MailEvent::attempt)
                        .thenComparing(MailEvent::kind))
                .toList();
        return Uni.createFrom().item(Optional.of(new MessageHistory(found, told, true)));
    }

    private Stream<Delivery> deliveries() {
        Map<DeliveryKey, Delivery> rows = new TreeMap<>();
        events.values().stream()
                .flatMap(event -> event.delivery().stream())
                .forEach(row -> rows.merge(row.key(), row, Delivery::join));
        return rows.values().stream();
    }

    private static boolean matches(MessageFilter filter, Delivery row, Reach reach) {
        return filter.from().map(from -> !row.receivedAt().isBefore(from)).orElse(true)
                && filter.to().map(to -> row.receivedAt().isBefore(to)).orElse(true)
                && in(filter.directions(), row.reception().direction())
                && filter.domain().map(glob -> hasDomain(row, glob, reach)).orElse(true)
                && filter.sender().map(glob -> hasSender(row, glob)).orElse(true)
                && like(filter.recipient(), Optional.of(row.recipient()))
                && like(filter.subject(), row.reception().subject())
                && filter.messageIdField()
                        .map(id -> row.reception().messageIdField().equals(Optional.of(id)))
                        .orElse(true)
                && in(filter.traffic(), row.outcome().traffic())
                && in(filter.statuses(), row.outcome().status())
                && in(filter.blockReasons(), row.outcome().blockReason().orElse(null))
                && in(filter.upstreamTls(), row.reception().tls())
                && in(filter.downstreamTls(), row.transfer().map(t -> t.tls()).orElse(null))
                && filter.clientNetwork()
                        .map(network -> row.reception()
                                .clientAddress()
                                .map(network::contains)
                                .orElse(false))
                        .orElse(true);
    }

    private static boolean hasDomain(Delivery row, Glob glob, Reach reach) {
        return row.domains().stream()
                .filter(reach::includes)
                .map(DomainName::ascii)
                .anyMatch(glob::matches);
    }

    private static boolean hasSender(Delivery row, Glob glob) {
        String sender = row.reception().sender();
        return glob.text().equals(MessageFilter.NULL_SENDER) ? sender.isEmpty() : glob.matches(sender);
    }

    private static boolean like(Optional<Glob> wanted, Optional<String> text) {
        return wanted.map(glob -> text.map(glob::matches).orElse(false)).orElse(true);
    }

    private static <T> boolean in(Set<T> wanted, T value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
