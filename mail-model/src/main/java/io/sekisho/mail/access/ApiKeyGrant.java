package io.sekisho.mail.access;

import io.sekisho.mail.address.DomainName;
import java.util.List;

/**
 * What an API key gives to its holder.
 *
 * @param id of the key; not the key
 * @param domains the managed domains it is for; empty for {@code admin} and {@code service}, and for an auditor of all
 */
public record ApiKeyGrant(String id, Role role, List<DomainName> domains) {

    public ApiKeyGrant {
        domains = domains == null ? List.of() : List.copyOf(domains);
    }
}
