package io.sekisho.policyservice.access;

import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Faults;
import java.util.List;
import java.util.Objects;

/** Which keys can be made. */
final class KeyRules {
    private static final int MOST_DOMAINS = 1_000;
    private static final int LONGEST_DESCRIPTION = 1_000;

    private KeyRules() {}

    /**
     * Goes on only with a request that makes sense.
     *
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    static void requireValid(KeyBody.Request request) {
        Faults faults = new Faults();
        List<DomainName> domains = domains(request);
        if (request.role() == null) {
            faults.add("role", "is required; use admin, domain-admin, auditor or service");
        } else {
            switch (request.role()) {
                case ADMIN, SERVICE ->
                    faults.addIf(
                            !domains.isEmpty(),
                            "domains",
                            "is not for the role " + request.role().label() + ", which has all");
                case DOMAIN_ADMIN ->
                    faults.addIf(
                            domains.isEmpty(),
                            "domains",
                            "is required: a domain-admin administers the domains listed here");
                case AUDITOR -> {}
            }
        }
        faults.addIf(domains.size() > MOST_DOMAINS, "domains", "must have at most " + MOST_DOMAINS + " entries");
        faults.addIf(
                request.domains() != null && request.domains().stream().anyMatch(Objects::isNull),
                "domains",
                "must be an array of domain names");
        faults.addIf(
                description(request).length() > LONGEST_DESCRIPTION,
                "description",
                "must have at most " + LONGEST_DESCRIPTION + " characters");
        faults.refuseIfAny();
    }

    static List<DomainName> domains(KeyBody.Request request) {
        return request.domains() == null
                ? List.of()
                : request.domains().stream().filter(Objects::nonNull).distinct().toList();
    }

    static String description(KeyBody.Request request) {
        return request.description() == null ? "" : request.description();
    }
}
