package io.sekisho.mail.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One recipient, with the direction and the managed domains frozen at RCPT; rules and routes are read anew at each
 * attempt.
 *
 * @param forwardPath the address as given, without angle brackets
 * @param domain of the address
 * @param direction INBOUND where the recipient's domain is managed
 * @param authorisedFor the managed domains in whose name an authorised client sends to it: one, or several for the
 *     null sender of a shared relay source; empty for mail from outside
 * @param notifyOn RFC 3461 §4.1, as given
 * @param orcpt RFC 3461 §4.2, as given
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Recipient(
        String forwardPath,
        DomainName domain,
        Direction direction,
        List<DomainName> authorisedFor,
        @JsonProperty("notify") Optional<String> notifyOn,
        Optional<String> orcpt) {

    public Recipient {
        authorisedFor = authorisedFor == null ? List.of() : List.copyOf(authorisedFor);
        notifyOn = notifyOn == null ? Optional.empty() : notifyOn;
        orcpt = orcpt == null ? Optional.empty() : orcpt;
    }

    /** Under which domains it is tracked: the recipient's where inbound, and those authorised. */
    public Set<DomainName> managedDomains() {
        Set<DomainName> domains = new LinkedHashSet<>();
        if (direction == Direction.INBOUND) {
            domains.add(domain);
        }
        domains.addAll(authorisedFor);
        return domains;
    }
}
