package io.sekisho.ingress.recipient;

import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.smtp.reply.EnhancedStatus;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The refusals that no TLS rule makes, and their words. */
final class Refusals {

    private Refusals() {}

    /** 451: nothing is accepted or refused for good on a guess. */
    static RecipientDecision.Refused undetermined(RecipientRequest request, String reason) {
        AppliedPolicy unknown = new AppliedPolicy(
                List.of(),
                PolicyRevision.NONE,
                new AppliedPolicy.Desired(SecurityLevel.OPPORTUNISTIC, TlsVersion.DEFAULT_MINIMUM),
                request.tls().protocol(),
                Verdict.UNDETERMINED,
                Optional.empty());
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.INBOUND,
                List.of(),
                reply(451, "4.3.0", "The policy for this recipient cannot be determined, try again later"),
                Optional.empty(),
                Optional.of(unknown),
                reason);
    }

    static RecipientDecision.Refused relayingDenied(RecipientRequest request, List<DomainName> claimed) {
        return denied(
                request,
                claimed,
                BlockReason.RELAYING_DENIED,
                "Relaying denied: the recipient's domain is not managed here, and " + request.client()
                        + " is no relay source of the sender's");
    }

    static RecipientDecision.Refused foreignSender(RecipientRequest request, List<ManagedDomain> holders) {
        String names = holders.stream().map(domain -> domain.name().ascii()).collect(Collectors.joining(", "));
        return denied(
                request,
                holders.stream().map(ManagedDomain::name).toList(),
                BlockReason.SENDER_REFUSED,
                "Relaying denied: "
                        + request.user()
                                .map(SubmissionUser::name)
                                .orElseGet(() -> request.client() + " is a relay source of " + names + ", which")
                        + " may not send as another domain (outbound.foreignSenders)");
    }

    static RecipientDecision.Refused withdrawn(RecipientRequest request, SubmissionUser user) {
        return denied(
                request,
                List.of(user.domain()),
                BlockReason.RELAYING_DENIED,
                "Relaying denied: the credential of " + user.name() + " is no longer valid");
    }

    /** An address literal is no domain: no rule, no MX and no managed domain could ever hold it. */
    static RecipientDecision.Refused literal(RecipientRequest request, List<ManagedDomain> authorised) {
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.OUTBOUND,
                authorised.stream().map(ManagedDomain::name).toList(),
                reply(550, "5.1.2", "Mail to an address literal is not relayed; name a domain"),
                Optional.of(BlockReason.RELAYING_DENIED),
                Optional.empty(),
                "the recipient is at an address literal");
    }

    static RecipientDecision.Refused routedLocalPart(RecipientRequest request, ManagedDomain domain) {
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.INBOUND,
                List.of(domain.name()),
                reply(550, "5.7.1", "Relaying denied: the local part holds another route (one of % ! @)"),
                Optional.of(BlockReason.RELAYING_DENIED),
                Optional.empty(),
                "the local part asks the next hop to relay");
    }

    static RecipientDecision.Refused noPostmaster(RecipientRequest request) {
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.INBOUND,
                List.of(),
                reply(451, "4.3.5", "No postmaster is configured here (sekisho.smtp.postmaster)"),
                Optional.empty(),
                Optional.empty(),
                "several domains are managed and sekisho.smtp.postmaster is not set");
    }

    static SmtpReply reply(ReplyFacts facts) {
        return new SmtpReply(facts.code(), facts.enhancedStatus().map(EnhancedStatus::of), List.of(facts.text()));
    }

    private static RecipientDecision.Refused denied(
            RecipientRequest request, List<DomainName> domains, BlockReason reason, String text) {
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.OUTBOUND,
                domains,
                reply(550, "5.7.1", text),
                Optional.of(reason),
                Optional.empty(),
                text);
    }

    private static SmtpReply reply(int code, String status, String text) {
        return SmtpReply.of(code, EnhancedStatus.of(status), text);
    }
}
