package io.sekisho.ingress.session;

import io.sekisho.ingress.recipient.RecipientDecisions;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.command.CommandParser;
import io.sekisho.smtp.reply.EhloKeyword;
import io.sekisho.smtp.reply.EhloOffer;
import io.sekisho.smtp.reply.SmtpReply;
import io.sekisho.smtp.trace.ReceivedField;
import io.sekisho.smtp.trace.TransmissionType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What all sessions of a listener share: its name, what it offers, its limits, who decides about recipients.
 *
 * <p>Thread safety: immutable, as far as its clock and decisions are.
 */
public final class Reception {

    private static final Set<EhloKeyword> OFFERED = EnumSet.of(
            EhloKeyword.PIPELINING,
            EhloKeyword.SIZE,
            EhloKeyword.EIGHTBITMIME,
            EhloKeyword.SMTPUTF8,
            EhloKeyword.CHUNKING,
            EhloKeyword.DSN,
            EhloKeyword.ENHANCEDSTATUSCODES,
            EhloKeyword.STARTTLS);

    private final String hostname;
    private final StartTlsOffer startTls;
    private final SessionLimits limits;
    private final RecipientDecisions decisions;
    private final SenderCheck senderCheck;
    private final InstantSource clock;
    private final Replies replies;
    private final CommandParser parser = new CommandParser(OFFERED);

    /** Whether DNS is asked about the domains of strangers' MAIL FROM. */
    public enum SenderCheck {
        OFF,
        ON
    }

    /**
     * What a listener offers.
     *
     * @param hostname this host's name in banner, replies and Received fields
     */
    public Reception(
            String hostname,
            StartTlsOffer startTls,
            SessionLimits limits,
            RecipientDecisions decisions,
            SenderCheck senderCheck,
            InstantSource clock) {
        this.hostname = hostname;
        this.startTls = startTls;
        this.limits = limits;
        this.decisions = decisions;
        this.senderCheck = senderCheck;
        this.clock = clock;
        this.replies = new Replies(hostname, limits);
    }

    public Replies replies() {
        return replies;
    }

    SessionLimits limits() {
        return limits;
    }

    RecipientDecisions decisions() {
        return decisions;
    }

    SenderCheck senderCheck() {
        return senderCheck;
    }

    StartTlsOffer startTls() {
        return startTls;
    }

    CommandParser parser() {
        return parser;
    }

    Instant now() {
        return clock.instant();
    }

    SmtpReply ehloReply(Client client) {
        EhloOffer offer = EhloOffer.NOTHING
                .with(EhloKeyword.PIPELINING)
                .withSize(limits.messageOctets())
                .with(EhloKeyword.EIGHTBITMIME)
                .with(EhloKeyword.SMTPUTF8)
                .with(EhloKeyword.CHUNKING)
                .with(EhloKeyword.DSN)
                .with(EhloKeyword.ENHANCEDSTATUSCODES);
        // RFC 3207 §4.2: not offered again inside TLS.
        boolean canStart = !client.tls().isTls() && startTls.isFor(client.address());
        return (canStart ? offer.with(EhloKeyword.STARTTLS) : offer).reply(hostname);
    }

    byte[] receivedField(Client client, Greeting greeting, Transaction transaction) {
        TlsFacts tls = client.tls();
        TransmissionType type = TransmissionType.of(
                greeting.kind(),
                tls.isTls() ? TransmissionType.Channel.TLS : TransmissionType.Channel.PLAIN,
                TransmissionType.Login.ANONYMOUS,
                transaction.parameters().smtpUtf8()
                        ? TransmissionType.Addresses.SMTPUTF8
                        : TransmissionType.Addresses.ASCII);
        // RFC 5321 §7.2: more than one recipient would tell each of the others.
        Optional<String> only = transaction.recipients().size() == 1
                ? Optional.of(transaction.recipients().getFirst().recipient().forwardPath())
                : Optional.empty();
        return new ReceivedField(
                        greeting.name(),
                        client.address(),
                        hostname,
                        type,
                        tls,
                        transaction.id().toString(),
                        only,
                        now())
                .octets();
    }
}
