package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.hold.Holds;
import io.sekisho.egress.route.Routing;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyclient.match.PolicyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds the way to a recipient and what it asks of a session, anew at each attempt: a rule that was changed a second ago
 * holds for mail that was received yesterday.
 *
 * <p>A managed domain that is gone meanwhile is a deferral as any other. Without it the requirement is not known, so the
 * mail cannot go; and a deletion by mistake must not bounce what waits.
 *
 * <p>Thread safety: all methods, none blocks.
 */
final class Planner {

    /** RFC 3463 §3.4: mail system incorrectly configured. */
    private static final String CONFIGURATION = "4.3.5";

    private final Supplier<PolicyState> policy;
    private final Routing routing;
    private final Holds holds;
    private volatile boolean begun;

    Planner(Supplier<PolicyState> policy, Routing routing, Holds holds) {
        this.policy = policy;
        this.routing = routing;
        this.holds = holds;
    }

    /**
     * Whether policy and standing orders were ever known; before that nothing is begun, as it would only be put off, or go
     * in spite of an order.
     */
    boolean hasBegun() {
        if (!begun) {
            begun = policy.get() instanceof PolicyState.Usable && holds.areKnown();
        }
        return begun;
    }

    /** The way of one that is about to go; what has a row was let go by the schedule, which knows of orders at once. */
    Leg leg(Envelope envelope, Addressee to) {
        return to.row().isPresent()
                ? leg(envelope, to.recipient())
                : holds.of(
                                MessageFacts.of(envelope, to.recipient()).managedDomains(),
                                to.recipient().domain())
                        .<Leg>map(order -> new Leg.Held("an operator holds " + order))
                        .orElseGet(() -> leg(envelope, to.recipient()));
    }

    Leg leg(Envelope envelope, Recipient recipient) {
        return switch (policy.get()) {
            case PolicyState.Unusable(String reason) -> new Leg.Undetermined(reason);
            case PolicyState.Usable usable -> leg(envelope, recipient, usable);
        };
    }

    /** Whether the domain is managed now; what is not known counts as not managed. */
    boolean isManaged(DomainName domain) {
        return policy.get() instanceof PolicyState.Usable usable
                && usable.table().domain(domain).isPresent();
    }

    private Leg leg(Envelope envelope, Recipient recipient, PolicyState.Usable usable) {
        PolicyTable table = usable.table();
        Optional<ManagedDomain> own = table.domain(recipient.domain());
        boolean isReport = !envelope.reportedDomains().isEmpty();
        if (recipient.direction() == Direction.INBOUND && own.isEmpty() && !isReport) {
            return gone(recipient.domain());
        }
        List<Decision> decisions = new ArrayList<>();
        own.ifPresent(managed -> decisions.add(managed.nextHop()));
        // What a report goes home by to a managed domain is that domain's own affair.
        List<DomainName> senders =
                !isReport ? recipient.authorisedFor() : own.isPresent() ? List.of() : envelope.reportedDomains();
        for (DomainName sender : senders) {
            Optional<ManagedDomain> managed = table.domain(sender);
            if (managed.isEmpty()) {
                return gone(sender);
            }
            decisions.add(managed.get().outbound(recipient.domain()));
        }
        return decisions.stream()
                .reduce(Decision::join)
                .<Leg>map(decision -> new Leg.Way(
                        routing.to(recipient.domain(), own.map(ManagedDomain::compiled)), decision, usable.source()))
                .orElseGet(() -> new Leg.Closed(Deferred.withoutHost(
                        CONFIGURATION,
                        "no managed domain stands for mail to " + recipient.domain(),
                        new DeferralCause.NoRoute())));
    }

    private static Leg gone(DomainName domain) {
        return new Leg.Closed(Deferred.withoutHost(
                CONFIGURATION,
                "the domain " + domain + " is not managed any more, so its rules and routes are not known",
                new DeferralCause.NoRoute()));
    }
}
