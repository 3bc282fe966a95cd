package io.sekisho.tracking.contract;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.tracking.SampleMail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events with every field that there is, and with none that may be absent. */
final class CompleteEvents {
    private static final Instant AT = Instant.parse("2026-11-24T07:00:00.123Z");
    private static final TlsFacts TLS = SampleMail.tls("TLSv1.3");

    private CompleteEvents() {}

    static MailEvent complete(EventKind kind) {
        MailEvent event = kind == EventKind.HANDSHAKE_FAILED
                ? MailEvent.ofConnection(MessageIds.at(AT), kind, AT)
                : MailEvent.of(kind, AT, completeFacts(), 2);
        return event.withHop(new Hop(
                        "mx.partner.example",
                        Optional.of("192.0.2.25"),
                        25,
                        TLS,
                        Authentication.MTA_STS,
                        Optional.of(true)))
                .withPolicy(new AppliedPolicy(
                        List.of("default:outbound:customer.example"),
                        new PolicyRevision("a1", 7),
                        new AppliedPolicy.Desired(SecurityLevel.MANDATORY, TlsVersion.TLSV1_2),
                        "TLSv1.3",
                        Verdict.MET,
                        Optional.of(PolicySource.STREAM)))
                .withReply(new ReplyFacts(250, Optional.of("2.0.0"), "ok"))
                .withBlockReason(BlockReason.TLS_NOT_AVAILABLE)
                .withFailure(AttemptFailure.HANDSHAKE_FAILED)
                .withDetail("a sentence")
                .withDue(AT.plusSeconds(300))
                .withReportId(MessageIds.derived("report"))
                .withLedgerAbsent();
    }

    static MailEvent bare(EventKind kind) {
        return kind == EventKind.HANDSHAKE_FAILED
                ? MailEvent.ofConnection(MessageIds.at(AT), kind, AT)
                : MailEvent.of(kind, AT, bareFacts(), 0);
    }

    /** With the parts that an event may have, these in turn without what they may lack. */
    static MailEvent bareParts() {
        return bare(EventKind.DEFERRED)
                .withHop(new Hop(
                        "mx.partner.example",
                        Optional.empty(),
                        25,
                        TlsFacts.NONE,
                        Authentication.NONE,
                        Optional.empty()))
                .withPolicy(new AppliedPolicy(
                        List.of(),
                        PolicyRevision.NONE,
                        new AppliedPolicy.Desired(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_2),
                        TlsFacts.PLAIN,
                        Verdict.UNDETERMINED,
                        Optional.empty()))
                .withReply(new ReplyFacts(451, Optional.empty(), ""));
    }

    private static MessageFacts completeFacts() {
        return new MessageFacts(
                MessageIds.at(AT),
                AT,
                Direction.OUTBOUND,
                List.of(DomainName.parse("customer.example"), DomainName.parse("例え.example")),
                "alice@customer.example",
                "bob@partner.example",
                Optional.of("Grüße 関所"),
                Optional.of("<1@customer.example>"),
                1_234,
                new Upstream(
                        Optional.of(IpAddress.parse("2001:db8::9")),
                        Optional.of("mail.customer.example"),
                        Optional.of("submission"),
                        TLS,
                        Optional.of("alice")));
    }

    private static MessageFacts bareFacts() {
        return new MessageFacts(
                MessageIds.at(AT),
                AT,
                Direction.INBOUND,
                List.of(),
                "",
                "postmaster@customer.example",
                Optional.empty(),
                Optional.empty(),
                0,
                Upstream.GATEWAY);
    }
}
