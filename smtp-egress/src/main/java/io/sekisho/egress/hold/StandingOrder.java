package io.sekisho.egress.hold;

import io.sekisho.mail.address.DomainName;
import java.time.Instant;
import java.util.Optional;

/**
 * Mail that is held back until the order is ended.
 *
 * @param authority who may end it
 * @param managedDomain whose mail; empty: everybody's
 * @param destination the recipients' domain; empty: every one
 * @param heldBy the id of the API key
 */
public record StandingOrder(
        Authority authority,
        Optional<DomainName> managedDomain,
        Optional<DomainName> destination,
        String heldBy,
        Instant since) {

    @Override
    public String toString() {
        return "mail"
                + managedDomain.map(domain -> " of " + domain).orElse("")
                + destination.map(domain -> " to " + domain).orElse("");
    }
}
