package io.sekisho.egress.hold;

import io.sekisho.mail.address.DomainName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Orders by what they name: each recipient of each message is looked up, so that must not take longer with more orders. */
final class StandingOrders {

    static final StandingOrders NONE = new StandingOrders(List.of());

    private record Named(Optional<DomainName> managedDomain, Optional<DomainName> destination) {}

    private final Map<Named, StandingOrder> orders = new HashMap<>();

    StandingOrders(List<StandingOrder> all) {
        all.forEach(order -> orders.putIfAbsent(new Named(order.managedDomain(), order.destination()), order));
    }

    /** One that holds mail of these domains to this one. */
    Optional<StandingOrder> of(Collection<DomainName> managedDomains, DomainName destination) {
        for (DomainName domain : managedDomains) {
            Optional<StandingOrder> found = naming(Optional.of(domain), destination);
            if (found.isPresent()) {
                return found;
            }
        }
        return naming(Optional.empty(), destination);
    }

    private Optional<StandingOrder> naming(Optional<DomainName> managedDomain, DomainName destination) {
        return Optional.ofNullable(orders.get(new Named(managedDomain, Optional.of(destination))))
                .or(() -> Optional.ofNullable(orders.get(new Named(managedDomain, Optional.empty()))));
    }
}
