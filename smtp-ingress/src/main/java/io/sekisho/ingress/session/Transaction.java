package io.sekisho.ingress.session;

import io.sekisho.ingress.recipient.RecipientDecision;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.json.WireJson;
import io.sekisho.smtp.command.MailParameters;
import io.sekisho.smtp.path.ReversePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message's envelope in the making (RFC 5321 §3.3).
 *
 * @param receivedAt when MAIL was given: the message's time
 * @param sender what DNS says of the reverse-path's domain; empty until it was asked
 * @param recipients accepted so far
 * @param refused how many were not
 * @param recipientOctets what the recipients take in the envelope's JSON
 */
public record Transaction(
        UUID id,
        Instant receivedAt,
        ReversePath reversePath,
        MailParameters parameters,
        Optional<SenderDomain> sender,
        List<RecipientDecision.Accepted> recipients,
        int refused,
        long recipientOctets) {

    /** What an envelope holds beside its recipients: two header fields, the session's facts, the largest message's chunks. */
    static final int ENVELOPE_REST_OCTETS = 128 * 1024;

    public Transaction {
        recipients = List.copyOf(recipients);
    }

    static Transaction begin(Instant now, ReversePath reversePath, MailParameters parameters) {
        return new Transaction(MessageIds.at(now), now, reversePath, parameters, Optional.empty(), List.of(), 0, 0);
    }

    boolean names(Recipient recipient) {
        return recipients.stream()
                .anyMatch(known -> known.recipient().forwardPath().equals(recipient.forwardPath()));
    }

    /** The transaction with one more recipient; empty if that passes a limit. */
    Optional<Transaction> with(RecipientDecision.Accepted accepted, SessionLimits limits) {
        long octets = recipientOctets + WireJson.bytes(accepted.recipient()).length + 1;
        if (recipients.size() >= limits.recipients() || octets + ENVELOPE_REST_OCTETS > limits.envelopeOctets()) {
            return Optional.empty();
        }
        List<RecipientDecision.Accepted> longer = new ArrayList<>(recipients);
        longer.add(accepted);
        return Optional.of(new Transaction(id, receivedAt, reversePath, parameters, sender, longer, refused, octets));
    }

    Transaction withRefused() {
        return new Transaction(
                id, receivedAt, reversePath, parameters, sender, recipients, refused + 1, recipientOctets);
    }

    Transaction withSender(SenderDomain domain) {
        return new Transaction(
                id, receivedAt, reversePath, parameters, Optional.of(domain), recipients, refused, recipientOctets);
    }

    /** The envelope of the whole message, its chunks left to the queue. */
    Envelope envelope(Upstream upstream, ContentFacts facts, int receivedOctets) {
        return new Envelope(
                Envelope.VERSION,
                id,
                receivedAt,
                reversePath.toString(),
                recipients.stream().map(RecipientDecision.Accepted::recipient).toList(),
                body(facts),
                isInternationalized(facts),
                parameters.dsn(),
                receivedOctets + facts.octets(),
                facts.subject(),
                facts.messageId(),
                upstream,
                List.of(),
                List.of());
    }

    // RFC 6531 §3.4: SMTPUTF8 may be said of any message. What is ASCII throughout needs nothing of the next host, and
    // is
    // not bounced where that lacks the extension.
    private boolean isInternationalized(ContentFacts facts) {
        return parameters.smtpUtf8()
                && (facts.eightBit()
                        || !isAscii(reversePath.toString())
                        || !recipients.stream().allMatch(Transaction::isAscii));
    }

    private static boolean isAscii(RecipientDecision.Accepted accepted) {
        return isAscii(accepted.recipient().forwardPath())
                && isAscii(accepted.recipient().orcpt().orElse(""));
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    // RFC 6152 §3: never converted. Many clients send 8-bit content without saying so; what counts is what it is.
    private BodyType body(ContentFacts facts) {
        return facts.eightBit() ? BodyType.EIGHT_BIT_MIME : parameters.body();
    }
}
