package io.sekisho.ingress.session;

import io.sekisho.ingress.recipient.RecipientDecision;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.reply.EnhancedStatus;
import io.sekisho.smtp.reply.SmtpReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The facts that a session tells: each about one recipient and sufficient alone. */
final class SessionEvents {

    private static final int AT_INGRESS = 0;

    private SessionEvents() {}

    /** A recipient was refused at RCPT. */
    static MailEvent rejected(
            Client client, Greeting greeting, Transaction transaction, RecipientDecision.Refused refused, Instant now) {
        MessageFacts facts = new MessageFacts(
                transaction.id(),
                transaction.receivedAt(),
                refused.direction(),
                refused.managedDomains(),
                transaction.reversePath().toString(),
                refused.forwardPath(),
                Optional.empty(),
                Optional.empty(),
                0,
                client.upstream(greeting));
        MailEvent event = MailEvent.of(EventKind.REJECTED, now, facts, AT_INGRESS)
                .withReply(facts(refused.reply()))
                .withDetail(refused.detail());
        if (refused.policy().isPresent()) {
            event = event.withPolicy(refused.policy().get());
        }
        return refused.blockReason().isPresent()
                ? event.withBlockReason(refused.blockReason().get())
                : event;
    }

    /** A message was refused as a whole, behind its content: one event for each recipient that had been accepted. */
    static List<MailEvent> contentRefused(
            Client client,
            Greeting greeting,
            Transaction transaction,
            Optional<ContentFacts> content,
            SmtpReply reply,
            Optional<BlockReason> blockReason,
            Instant now) {
        List<MailEvent> events = new ArrayList<>();
        for (RecipientDecision.Accepted accepted : transaction.recipients()) {
            Recipient recipient = accepted.recipient();
            MessageFacts facts = new MessageFacts(
                    transaction.id(),
                    transaction.receivedAt(),
                    recipient.direction(),
                    List.copyOf(recipient.managedDomains()),
                    transaction.reversePath().toString(),
                    recipient.forwardPath(),
                    content.flatMap(ContentFacts::subject),
                    content.flatMap(ContentFacts::messageId),
                    content.map(ContentFacts::octets).orElse(0L),
                    client.upstream(greeting));
            MailEvent event = MailEvent.of(EventKind.REJECTED, now, facts, AT_INGRESS)
                    .withPolicy(accepted.policy())
                    .withReply(facts(reply))
                    .withDetail("the message was refused behind its content");
            events.add(blockReason.isPresent() ? event.withBlockReason(blockReason.get()) : event);
        }
        return events;
    }

    /** A message was queued: received and queued, for each recipient. */
    static List<MailEvent> accepted(Envelope envelope, Transaction transaction, SmtpReply reply, Instant now) {
        List<MailEvent> events = new ArrayList<>();
        for (RecipientDecision.Accepted accepted : transaction.recipients()) {
            MessageFacts facts = MessageFacts.of(envelope, accepted.recipient());
            events.add(MailEvent.of(EventKind.RECEIVED, envelope.receivedAt(), facts, AT_INGRESS)
                    .withPolicy(accepted.policy()));
            events.add(MailEvent.of(EventKind.QUEUED, now, facts, AT_INGRESS)
                    .withPolicy(accepted.policy())
                    .withReply(facts(reply)));
        }
        return events;
    }

    /** A client that tried TLS and did not get it: it will not be back, or it will be back in plain text. */
    static MailEvent handshakeFailed(Client client, Instant now, String reason) {
        String address = client.address().toString();
        Hop hop = new Hop(
                address, Optional.of(address), UNKNOWN_PORT, TlsFacts.NONE, Authentication.NONE, Optional.empty());
        return MailEvent.ofConnection(client.connection(), EventKind.HANDSHAKE_FAILED, now)
                .withHop(hop)
                .withDetail(reason);
    }

    // The client's own port says nothing to anybody.
    private static final int UNKNOWN_PORT = 0;

    private static ReplyFacts facts(SmtpReply reply) {
        return new ReplyFacts(reply.code(), reply.status().map(EnhancedStatus::toString), reply.text());
    }
}
