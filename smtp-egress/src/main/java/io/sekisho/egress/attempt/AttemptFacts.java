package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.failure.Fault;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The events of an attempt: what happened, in the order in which it happened. */
final class AttemptFacts {

    private final Clock clock;

    AttemptFacts(Clock clock) {
        this.clock = clock;
    }

    List<MailEvent> delivered(Envelope envelope, Addressee to, List<HostAttempt> hosts, Disposition.Delivered outcome) {
        List<MailEvent> events = attempted(envelope, to, hosts);
        events.add(with(event(EventKind.DELIVERED, envelope, to), outcome.hop()).withReply(outcome.reply()));
        return told(events, to);
    }

    List<MailEvent> deferred(Envelope envelope, Addressee to, List<HostAttempt> hosts, Disposition.Retry outcome) {
        List<MailEvent> events = attempted(envelope, to, hosts);
        events.add(
                with(event(EventKind.DEFERRED, envelope, to), outcome.fault()).withDue(outcome.due()));
        return told(events, to);
    }

    /** A deferral that does not count as an attempt; its id must not be that of the attempt that will be made. */
    List<MailEvent> postponed(Envelope envelope, Addressee to, Disposition.Postpone outcome) {
        MessageFacts facts = MessageFacts.of(envelope, to.recipient());
        MailEvent event = MailEvent.of(EventKind.DEFERRED, clock.instant(), facts, to.attempt())
                .withId(MailEvent.idOf(
                        facts,
                        to.attempt(),
                        EventKind.DEFERRED,
                        "postponed",
                        outcome.due().toString()))
                .withDetail(outcome.detail())
                .withDue(outcome.due());
        return told(new ArrayList<>(List.of(event)), to);
    }

    List<MailEvent> bounced(Envelope envelope, Addressee to, List<HostAttempt> hosts, Disposition.Bounce outcome) {
        List<MailEvent> events = attempted(envelope, to, hosts);
        MailEvent bounced = with(event(EventKind.BOUNCED, envelope, to), outcome.fault());
        events.add(outcome.blockReason().map(bounced::withBlockReason).orElse(bounced));
        return told(events, to);
    }

    List<MailEvent> expired(Envelope envelope, Addressee to, List<HostAttempt> hosts, Disposition.Expire outcome) {
        List<MailEvent> events = attempted(envelope, to, hosts);
        events.add(with(event(EventKind.EXPIRED, envelope, to), outcome.fault()));
        return told(events, to);
    }

    List<MailEvent> quarantined(Envelope envelope, Addressee to, List<HostAttempt> hosts, String detail) {
        List<MailEvent> events = attempted(envelope, to, hosts);
        events.add(event(EventKind.QUARANTINED, envelope, to).withDetail(detail));
        return told(events, to);
    }

    /** {@link #quarantined} because of the content. */
    List<MailEvent> contentLost(Envelope envelope, Addressee to, List<HostAttempt> hosts, String detail) {
        List<MailEvent> events = quarantined(envelope, to, hosts, detail);
        events.add(events.removeLast().withFailure(AttemptFailure.CONTENT_LOST));
        return events;
    }

    /** An end by an operator's hand, and the reports of it. */
    List<MailEvent> byOperator(
            EventKind kind, Envelope envelope, Addressee to, String detail, List<SentReport> reports) {
        List<MailEvent> events = new ArrayList<>();
        events.add(event(kind, envelope, to).withDetail(detail));
        for (SentReport report : reports) {
            if (report.recipients().contains(to.forwardPath())) {
                events.add(queued(report.envelope()));
                events.add(reported(envelope, to, report.envelope().id()));
            }
        }
        return told(events, to);
    }

    MailEvent reported(Envelope envelope, Addressee to, UUID reportId) {
        return event(EventKind.DSN_SENT, envelope, to).withReportId(reportId);
    }

    /** A message of the gateway's own begins its life in the queue. */
    MailEvent queued(Envelope report) {
        return MailEvent.of(
                EventKind.QUEUED,
                report.receivedAt(),
                MessageFacts.of(report, report.recipients().get(0)),
                0);
    }

    private MailEvent event(EventKind kind, Envelope envelope, Addressee to) {
        return MailEvent.of(kind, clock.instant(), MessageFacts.of(envelope, to.recipient()), to.attempt());
    }

    private static List<MailEvent> attempted(Envelope envelope, Addressee to, List<HostAttempt> hosts) {
        MessageFacts facts = MessageFacts.of(envelope, to.recipient());
        List<MailEvent> events = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            HostAttempt host = hosts.get(i);
            MailEvent event =
                    attempted(facts, to.attempt(), i, host.at(), host.hop()).withDetail(host.detail());
            if (host.reply().isPresent()) {
                event = event.withReply(host.reply().get());
            }
            if (host.blockReason().isPresent()) {
                event = event.withBlockReason(host.blockReason().get());
            }
            if (host.failure().isPresent()) {
                event = event.withFailure(host.failure().get());
            }
            events.add(event);
        }
        return events;
    }

    private static MailEvent attempted(MessageFacts facts, int attempt, int ordinal, Instant at, JudgedHop hop) {
        MailEvent event = MailEvent.of(EventKind.ATTEMPTED, at, facts, attempt)
                .withId(MailEvent.idOf(
                        facts,
                        attempt,
                        EventKind.ATTEMPTED,
                        Integer.toString(ordinal),
                        hop.hop().host()));
        return with(event, hop);
    }

    private static MailEvent with(MailEvent event, JudgedHop hop) {
        MailEvent there = event.withHop(hop.hop());
        return hop.policy().map(there::withPolicy).orElse(there);
    }

    private static MailEvent with(MailEvent event, Fault fault) {
        MailEvent told = event.withDetail(fault.detail());
        if (fault.failure().isPresent()) {
            told = told.withFailure(fault.failure().get());
        }
        if (fault.hop().isPresent()) {
            told = with(told, fault.hop().get());
        }
        return fault.reply().map(told::withReply).orElse(told);
    }

    private static List<MailEvent> told(List<MailEvent> events, Addressee to) {
        if (to.isUnrecorded()) {
            events.replaceAll(MailEvent::withLedgerAbsent);
        }
        return events;
    }
}
