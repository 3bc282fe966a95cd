package io.sekisho.rest;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param id of the API key
 * @param domains the managed domains the caller is confined to; empty: all
 */
public record Caller(String id, Role role, Optional<Set<DomainName>> domains) {

    public Caller {
        domains = domains.map(Set::copyOf);
    }

    /** A domain-admin has its listed domains and no others; an auditor without a list reads everything. */
    static Caller of(ApiKeyGrant grant) {
        boolean confined = switch (grant.role()) {
            case ADMIN, SERVICE -> false;
            case DOMAIN_ADMIN -> true;
            case AUDITOR -> !grant.domains().isEmpty();
        };
        return new Caller(
                grant.id(), grant.role(), confined ? Optional.of(Set.copyOf(grant.domains())) : Optional.empty());
    }

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    public boolean reaches(DomainName domain) {
        return domains.map(own -> own.contains(domain)).orElse(true);
    }

    /**
     * Goes on only for a domain within the caller's reach.
     *
     * @throws Refusal 404, as for a domain that does not exist
     */
    public void requireReach(DomainName domain) {
        if (!reaches(domain)) {
            throw Refusal.noSuchDomain(domain);
        }
    }
}
