package io.sekisho.tracking.store;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.delivery.Traffic;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A {@link MessageFilter} condition by condition. */
final class FilterBuilder {
    Optional<Instant> from = Optional.empty();
    Optional<Instant> to = Optional.empty();
    Set<Direction> directions = Set.of();
    Optional<Glob> domain = Optional.empty();
    Optional<Glob> sender = Optional.empty();
    Optional<Glob> recipient = Optional.empty();
    Optional<Glob> subject = Optional.empty();
    Optional<String> messageIdField = Optional.empty();
    Set<Traffic> traffic = Set.of();
    Set<DeliveryStatus> statuses = Set.of();
    Set<BlockReason> blockReasons = Set.of();
    Set<String> upstreamTls = Set.of();
    Set<String> downstreamTls = Set.of();
    Optional<IpNetwork> clientNetwork = Optional.empty();

    static MessageFilter none() {
        return new FilterBuilder().build();
    }

    static MessageFilter domain(DomainName domain) {
        FilterBuilder filter = new FilterBuilder();
        filter.domain = Optional.of(new Glob(domain.ascii()));
        return filter.build();
    }

    MessageFilter build() {
        return new MessageFilter(
                from,
                to,
                directions,
                domain,
                sender,
                recipient,
                subject,
                messageIdField,
                traffic,
                statuses,
                blockReasons,
                upstreamTls,
                downstreamTls,
                clientNetwork);
    }
}
