package io.sekisho.ingress.recipient;

import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.InboundRefusal;
import io.sekisho.policyclient.match.Judge;
import io.sekisho.policyclient.match.Judgement;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyclient.match.SessionTls;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides by the policy that the process holds ({@code docs/specifications.md}, "Decided at RCPT").
 *
 * <p>Direction: the recipient's domain is managed: inbound. It is not, and the client is a user or a relay source of a
 * managed domain: outbound for that domain. Anything else is relaying. Mail from one managed domain to another must satisfy both.
 *
 * <p><b>Thread safety:</b> any thread; never blocks.
 */
public final class RecipientPolicy implements RecipientDecisions {

    private final Supplier<PolicyState> policy;
    private final Postmaster postmaster;

    /** Decides by what {@code policy} gives at each call. */
    public RecipientPolicy(Supplier<PolicyState> policy, Postmaster postmaster) {
        this.policy = policy;
        this.postmaster = postmaster;
    }

    @Override
    public RecipientDecision decide(RecipientRequest request) {
        return switch (policy.get()) {
            case PolicyState.Unusable(String reason) -> Refusals.undetermined(request, reason);
            case PolicyState.Usable usable -> decide(request, usable);
        };
    }

    private RecipientDecision decide(RecipientRequest request, PolicyState.Usable usable) {
        Optional<Mailbox> mailbox = switch (request.forwardPath()) {
            case ForwardPath.To(Mailbox to) -> Optional.of(to);
            case ForwardPath.Postmaster none -> postmaster.mailbox(usable.table());
        };
        if (mailbox.isEmpty()) {
            return Refusals.noPostmaster(request);
        }
        RelayAuthorisation authorisation = RelayAuthorisation.of(usable.table(), request);
        Optional<DomainName> domain = mailbox.get().domainName();
        Optional<ManagedDomain> managed = domain.flatMap(usable.table()::domain);
        if (managed.isPresent()) {
            return inbound(request, usable, mailbox.get(), managed.get(), authorisation.domains());
        }
        return switch (authorisation) {
            case RelayAuthorisation.Authorised(List<ManagedDomain> domains) ->
                domain.isEmpty()
                        ? Refusals.literal(request, domains)
                        : outbound(request, usable, mailbox.get(), domain.get(), domains);
            // A table that is not fresh may lack a domain, a relay source or a permission: nothing is refused on it.
            case RelayAuthorisation.ForeignSender foreign
            when !usable.isFresh() -> Refusals.undetermined(request, "the policy is not fresh");
            case RelayAuthorisation.Withdrawn withdrawn
            when !usable.isFresh() -> Refusals.undetermined(request, "the policy is not fresh");
            case RelayAuthorisation.Stranger stranger
            when !usable.isFresh() -> Refusals.undetermined(request, "the policy is not fresh");
            case RelayAuthorisation.ForeignSender(List<ManagedDomain> holders) ->
                Refusals.foreignSender(request, holders);
            case RelayAuthorisation.Withdrawn(SubmissionUser user) -> Refusals.withdrawn(request, user);
            case RelayAuthorisation.Stranger stranger -> Refusals.relayingDenied(request, claimed(request, usable));
        };
    }

    private static RecipientDecision inbound(
            RecipientRequest request,
            PolicyState.Usable usable,
            Mailbox mailbox,
            ManagedDomain domain,
            List<ManagedDomain> authorised) {
        // Mail of a domain to itself is its inbound mail and nothing else.
        List<ManagedDomain> others = authorised.stream()
                .filter(other -> !other.name().equals(domain.name()))
                .toList();
        if (authorised.isEmpty() && isRouted(mailbox.localPart())) {
            return Refusals.routedLocalPart(request, domain);
        }
        Decision decision = domain.inbound(
                request.client(), request.reversePath().asMailbox().flatMap(Mailbox::domainName));
        for (ManagedDomain other : others) {
            decision = decision.join(other.relay());
        }
        return judge(
                request,
                usable,
                recipient(request, mailbox, domain.name(), Direction.INBOUND, others),
                decision,
                authorised.isEmpty() ? RecipientDecision.Sender.STRANGER : RecipientDecision.Sender.AUTHORISED);
    }

    private static RecipientDecision outbound(
            RecipientRequest request,
            PolicyState.Usable usable,
            Mailbox mailbox,
            DomainName domain,
            List<ManagedDomain> authorised) {
        Decision decision = authorised.stream()
                .map(ManagedDomain::relay)
                .reduce(Decision::join)
                .orElseThrow(() -> new IllegalArgumentException("outbound mail is authorised by a domain"));
        return judge(
                request,
                usable,
                recipient(request, mailbox, domain, Direction.OUTBOUND, authorised),
                decision,
                RecipientDecision.Sender.AUTHORISED);
    }

    private static RecipientDecision judge(
            RecipientRequest request,
            PolicyState.Usable usable,
            Recipient recipient,
            Decision decision,
            RecipientDecision.Sender sender) {
        SessionTls session = new SessionTls(request.tls().version(), request.certificate());
        Judgement judgement = Judge.judge(decision, session);
        AppliedPolicy applied = decision.applied(session, judgement, usable.source());
        return switch (judgement) {
            case Judgement.Met met -> new RecipientDecision.Accepted(recipient, applied, sender);
            case Judgement.Unmet unmet ->
                new RecipientDecision.Refused(
                        recipient.forwardPath(),
                        recipient.direction(),
                        List.copyOf(recipient.managedDomains()),
                        Refusals.reply(InboundRefusal.reply(unmet)),
                        Optional.of(unmet.reason()),
                        Optional.of(applied),
                        unmet.explanation());
        };
    }

    private static Recipient recipient(
            RecipientRequest request,
            Mailbox mailbox,
            DomainName domain,
            Direction direction,
            List<ManagedDomain> authorised) {
        return new Recipient(
                mailbox.toString(),
                domain,
                direction,
                authorised.stream().map(ManagedDomain::name).toList(),
                request.parameters().notifyOn(),
                request.parameters().orcpt());
    }

    /** The managed domain that a stranger claims to send for: its administrator wants to know. */
    private static List<DomainName> claimed(RecipientRequest request, PolicyState.Usable usable) {
        List<DomainName> domains = new ArrayList<>();
        request.reversePath()
                .asMailbox()
                .flatMap(Mailbox::domainName)
                .filter(name -> usable.table().domain(name).isPresent())
                .ifPresent(domains::add);
        return domains;
    }

    // "user%elsewhere@managed", "elsewhere!user@managed" and "user@elsewhere"@managed ask a next hop, which trusts this
    // gateway, to relay: the oldest way to open a closed relay.
    private static boolean isRouted(String localPart) {
        return localPart.chars().anyMatch(c -> c == '%' || c == '!' || c == '@');
    }
}
