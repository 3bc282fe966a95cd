package io.sekisho.egress.operator;

import io.sekisho.mail.address.DomainName;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which rows of the schedule are meant, of those that the caller may see.
 *
 * @param destination the recipients' domain
 * @param domain a managed domain that the mail belongs to
 * @param reach the managed domains that the caller is confined to; empty: all
 */
record Selection(
        Optional<DomainName> destination,
        Optional<DomainName> domain,
        Optional<UUID> message,
        Optional<String> recipient,
        Optional<Set<DomainName>> reach) {

    /** As conditions on a schedule of the alias {@code s}. */
    Where where() {
        Where where = new Where();
        destination.ifPresent(name -> where.and("s.destination = ?", name.ascii()));
        domain.ifPresent(name -> where.and("?::text = ANY (s.domains)", name.ascii()));
        message.ifPresent(id -> where.and("s.message_id = ?", id));
        recipient.ifPresent(path -> where.and("s.recipient = ?", path));
        reach.ifPresent(own -> where.and("s.domains && ?::text[]", names(own)));
        return where;
    }

    static String[] names(Set<DomainName> domains) {
        return domains.stream().map(DomainName::ascii).toArray(String[]::new);
    }
}
