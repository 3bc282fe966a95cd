package io.sekisho.tracking.search;

import io.sekisho.mail.address.DomainName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may see: deliveries of its managed domains, or all.
 *
 * @param domains the caller is confined to; empty: all, also mail that belongs to no managed domain
 */
public record Reach(Optional<Set<DomainName>> domains) {

    public static final Reach EVERYTHING = new Reach(Optional.empty());

    public Reach {
        domains = domains.map(Set::copyOf);
    }

    public static Reach of(DomainName... domains) {
        return new Reach(Optional.of(Set.of(domains)));
    }

    public boolean includes(DomainName domain) {
        return domains.map(own -> own.contains(domain)).orElse(true);
    }

    /** Whether something that belongs to these domains may be seen. */
    public boolean includesAny(Collection<DomainName> owners) {
        return domains.isEmpty() || owners.stream().anyMatch(this::includes);
    }
}
