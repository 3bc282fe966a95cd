package io.sekisho.ingress.recipient;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.ReversePath;
import java.util.List;
import java.util.Optional;

/** In whose name a client may send, judged by its address and MAIL FROM; the recipient has no part in it. */
sealed interface RelayAuthorisation {

    /** No managed domain knows the client. */
    record Stranger() implements RelayAuthorisation {}

    /**
     * A relay source with a MAIL FROM that it may not use.
     *
     * @param holders the domains whose relay source it is
     */
    record ForeignSender(List<ManagedDomain> holders) implements RelayAuthorisation {}

    /**
     * A relay source.
     *
     * @param domains in whose name it sends: one, or several for a shared source and the null sender
     */
    record Authorised(List<ManagedDomain> domains) implements RelayAuthorisation {}

    static RelayAuthorisation of(PolicyTable table, IpAddress client, ReversePath reversePath) {
        List<ManagedDomain> all = table.relayDomainsOf(client);
        if (all.isEmpty()) {
            return new Stranger();
        }
        List<ManagedDomain> closest = table.closestRelayDomainsOf(client);
        if (reversePath instanceof ReversePath.Null) {
            // The customer's own bounces have no domain but the source's.
            return new Authorised(closest);
        }
        Optional<DomainName> sender = reversePath.asMailbox().flatMap(Mailbox::domainName);
        List<ManagedDomain> own = all.stream()
                .filter(domain -> sender.equals(Optional.of(domain.name())))
                .toList();
        if (!own.isEmpty()) {
            return new Authorised(own);
        }
        List<ManagedDomain> permitting = closest.stream()
                .filter(domain -> domain.compiled().outbound().foreignSenders())
                .toList();
        return permitting.isEmpty() ? new ForeignSender(closest) : new Authorised(permitting);
    }

    /** The domains in whose name the client sends; none unless it is authorised. */
    default List<ManagedDomain> domains() {
        return this instanceof Authorised(List<ManagedDomain> domains) ? domains : List.of();
    }
}
