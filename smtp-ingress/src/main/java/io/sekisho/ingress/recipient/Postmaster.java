package io.sekisho.ingress.recipient;

import io.sekisho.mail.address.DomainName;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.MailboxDomain;
import java.util.Optional;

/**
 * Who reads mail to {@code <postmaster>} without a domain, which every server must take (RFC 5321 §4.5.1): the configured
 * address; else the postmaster of the managed domain that this host's name lies in; else of the only managed domain.
 *
 * @param configured {@code sekisho.smtp.postmaster}
 * @param hostname of this gateway
 */
public record Postmaster(Optional<Mailbox> configured, String hostname) {

    /** The mailbox; empty where several domains are managed and nothing tells which one runs the gateway. */
    Optional<Mailbox> mailbox(PolicyTable table) {
        return configured.or(() -> ofHost(table)).or(() -> ofOnlyDomain(table));
    }

    private Optional<Mailbox> ofHost(PolicyTable table) {
        Optional<DomainName> name = DomainName.tryParse(hostname);
        while (name.isPresent()) {
            if (table.domain(name.get()).isPresent()) {
                return Optional.of(at(name.get()));
            }
            name = name.get().parent();
        }
        return Optional.empty();
    }

    private static Optional<Mailbox> ofOnlyDomain(PolicyTable table) {
        return table.size() == 1
                ? table.domains().stream().findFirst().map(domain -> at(domain.name()))
                : Optional.empty();
    }

    private static Mailbox at(DomainName domain) {
        return new Mailbox("postmaster", new MailboxDomain.Named(domain));
    }
}
