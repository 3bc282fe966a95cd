package io.sekisho.egress.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingOrdersTest {

    private static final DomainName MINE = DomainName.parse("customer.example");
    private static final DomainName THEIRS = DomainName.parse("other.example");
    private static final DomainName PARTNER = DomainName.parse("partner.example");
    private static final DomainName ELSEWHERE = DomainName.parse("elsewhere.example");

    @Test
    void holdsWhatOneDomainSendsToOneDestination() {
        StandingOrders orders = orders(order(Optional.of(MINE), Optional.of(PARTNER)));
        assertThat(orders.of(List.of(MINE), PARTNER)).isPresent();
        assertThat(orders.of(List.of(THEIRS, MINE), PARTNER)).isPresent();
        assertThat(orders.of(List.of(MINE), ELSEWHERE)).isEmpty();
        assertThat(orders.of(List.of(THEIRS), PARTNER)).isEmpty();
        assertThat(orders.of(List.of(), PARTNER)).isEmpty();
    }

    @Test
    void holdsAllOfOneDomain() {
        StandingOrders orders = orders(order(Optional.of(MINE), Optional.empty()));
        assertThat(orders.of(List.of(THEIRS, MINE), ELSEWHERE)).isPresent();
        assertThat(orders.of(List.of(THEIRS), ELSEWHERE)).isEmpty();
    }

    @Test
    void holdsEverybodysMailToOneDestination() {
        StandingOrders orders = orders(order(Optional.empty(), Optional.of(PARTNER)));
        assertThat(orders.of(List.of(THEIRS), PARTNER)).isPresent();
        assertThat(orders.of(List.of(), PARTNER)).isPresent();
        assertThat(orders.of(List.of(THEIRS), ELSEWHERE)).isEmpty();
    }

    @Test
    void holdsEverything() {
        StandingOrders orders = orders(order(Optional.empty(), Optional.empty()));
        assertThat(orders.of(List.of(), ELSEWHERE)).isPresent();
        assertThat(StandingOrders.NONE.of(List.of(MINE), PARTNER)).isEmpty();
    }

    private static StandingOrders orders(StandingOrder... orders) {
        return new StandingOrders(List.of(orders));
    }

    private static StandingOrder order(Optional<DomainName> managedDomain, Optional<DomainName> destination) {
        return new StandingOrder(Authority.DOMAIN, managedDomain, destination, "key", Instant.EPOCH);
    }
}
