package io.sekisho.ingress.recipient;

import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.ReversePath;
import java.util.List;
import java.util.Optional;

/**
 * In whose name a client may send, judged by its login, else by its address, and by MAIL FROM; the recipient has no part in
 * it. A client that has logged in sends for the domain of its user, whatever its address.
 */
sealed interface RelayAuthorisation {

    /** No managed domain knows the client. */
    record Stranger() implements RelayAuthorisation {}

    /** The credential was taken back, or the domain may not send any more, since the client logged in. */
    record Withdrawn(SubmissionUser user) implements RelayAuthorisation {}

    /**
     * A user or relay source with a MAIL FROM that it may not use.
     *
     * @param holders the domains whose user or relay source it is
     */
    record ForeignSender(List<ManagedDomain> holders) implements RelayAuthorisation {}

    /**
     * A user or relay source.
     *
     * @param domains in whose name it sends: one, or several for a shared source and the null sender
     */
    record Authorised(List<ManagedDomain> domains) implements RelayAuthorisation {}

    static RelayAuthorisation of(PolicyTable table, RecipientRequest request) {
        return request.user()
                .map(user -> ofUser(table, user, request.reversePath()))
                .orElseGet(() -> ofAddress(table, request.client(), request.reversePath()));
    }

    private static RelayAuthorisation ofUser(PolicyTable table, SubmissionUser user, ReversePath reversePath) {
        Optional<ManagedDomain> domain = table.domain(user.domain())
                .filter(managed -> managed.compiled().outbound().enabled())
                .filter(managed -> managed.compiled().credentials().stream()
                        .anyMatch(credential -> credential.id().equals(user.credential())));
        if (domain.isEmpty()) {
            return new Withdrawn(user);
        }
        List<ManagedDomain> only = List.of(domain.get());
        boolean own = reversePath instanceof ReversePath.Null
                || reversePath.asMailbox().flatMap(Mailbox::domainName).equals(Optional.of(user.domain()));
        return own || domain.get().compiled().outbound().foreignSenders()
                ? new Authorised(only)
                : new ForeignSender(only);
    }

    private static RelayAuthorisation ofAddress(PolicyTable table, IpAddress client, ReversePath reversePath) {
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
