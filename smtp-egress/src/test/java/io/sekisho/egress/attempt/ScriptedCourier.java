package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.Courier;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.tls.TlsFacts;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Answers by the local part: {@code later…} is deferred at its first attempt, {@code never…} refused, {@code lost…} has lost
 * its content, {@code notls…} is not offered TLS; all else is taken,
 * {@code dsn…} by a host that offers DSN. {@code slow…} waits until it is let go. Nothing of a {@link #dead} domain is reached.
 */
final class ScriptedCourier implements Courier {

    final List<Consignment> consignments = new CopyOnWriteArrayList<>();
    /** What hosts took: {@code message recipient}. */
    final List<String> taken = new CopyOnWriteArrayList<>();

    /** Domains whose hosts refuse connections. */
    final Set<String> dead = ConcurrentHashMap.newKeySet();

    private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

    void letGo(String recipient) {
        gate(recipient).complete(null);
    }

    private CompletableFuture<Void> gate(String recipient) {
        return gates.computeIfAbsent(recipient, any -> new CompletableFuture<>());
    }

    @Override
    public Uni<DeliveryReport> deliver(Consignment consignment) {
        return deliver(consignment, () -> false);
    }

    /** @param isDead whether the pod was killed meanwhile, and its connections with it */
    Uni<DeliveryReport> deliver(Consignment consignment, BooleanSupplier isDead) {
        consignments.add(consignment);
        String first = consignment.recipients().get(0).forwardPath();
        Uni<?> gate = first.startsWith("slow")
                ? Uni.createFrom().completionStage(gate(first))
                : Uni.createFrom().voidItem();
        return gate.chain(open -> isDead.getAsBoolean()
                ? Uni.createFrom().nothing()
                : Uni.createFrom().item(report(consignment)));
    }

    private DeliveryReport report(Consignment consignment) {
        Map<Recipient, RecipientOutcome> outcomes = new LinkedHashMap<>();
        boolean isDead = dead.contains(consignment.recipients().get(0).domain().ascii());
        JudgedHop hop = isDead ? new JudgedHop(hop(consignment).hop(), Optional.empty()) : hop(consignment);
        for (Recipient to : consignment.recipients()) {
            outcomes.put(to, isDead ? unreachable(hop) : outcome(consignment, to, hop));
        }
        return new DeliveryReport(
                List.of(new HostAttempt(
                        Instant.parse("2026-11-24T07:00:01Z"),
                        hop,
                        result(outcomes.values(), isDead),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "scripted")),
                outcomes);
    }

    private static HostAttempt.Result result(Collection<RecipientOutcome> outcomes, boolean isDead) {
        if (isDead) {
            return HostAttempt.Result.UNREACHABLE;
        }
        if (outcomes.stream().anyMatch(RecipientOutcome.Delivered.class::isInstance)) {
            return HostAttempt.Result.TOOK_MESSAGE;
        }
        return outcomes.stream().anyMatch(RecipientOutcome.TlsUnavailable.class::isInstance)
                ? HostAttempt.Result.TLS_UNAVAILABLE
                : HostAttempt.Result.REFUSED;
    }

    private static RecipientOutcome unreachable(JudgedHop hop) {
        return new RecipientOutcome.Deferred(
                "4.4.1", Optional.empty(), Optional.of(hop), "connection refused", new DeferralCause.HostUnreachable());
    }

    private RecipientOutcome outcome(Consignment consignment, Recipient to, JudgedHop hop) {
        String path = to.forwardPath().replaceFirst("^slow-", "");
        if (path.startsWith("later") && consignment.attempt() == 1) {
            return new RecipientOutcome.Deferred(
                    "4.2.0",
                    Optional.of(new ReplyFacts(450, Optional.of("4.2.0"), "later")),
                    Optional.of(hop),
                    "the host asks to come later",
                    new DeferralCause.Replied());
        }
        if (path.startsWith("never")) {
            return new RecipientOutcome.Failed(
                    "5.1.1",
                    Optional.of(new ReplyFacts(550, Optional.of("5.1.1"), "no such user")),
                    Optional.of(hop),
                    "the host refused the recipient");
        }
        if (path.startsWith("lost")) {
            return new RecipientOutcome.ContentLost("part 1 differs");
        }
        if (path.startsWith("notls")) {
            return new RecipientOutcome.TlsUnavailable(
                    BlockReason.TLS_NOT_AVAILABLE, "4.7.4", TlsStep.OFFER, "mx does not offer STARTTLS", hop);
        }
        taken.add(consignment.envelope().id() + " " + to.forwardPath());
        return new RecipientOutcome.Delivered(
                new ReplyFacts(250, Optional.of("2.0.0"), "ok"),
                hop,
                path.startsWith("dsn") ? ReportDuty.PASSED_ON : ReportDuty.OURS);
    }

    private static JudgedHop hop(Consignment consignment) {
        return new JudgedHop(
                new Hop("mx", Optional.of("192.0.2.1"), 25, TlsFacts.NONE, Authentication.NONE, Optional.empty()),
                Optional.of(consignment.decision().applied(TlsFacts.PLAIN, Verdict.MET, consignment.policySource())));
    }
}
