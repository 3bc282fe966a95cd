package io.sekisho.ingress.session;

import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.recipient.RecipientDecision;
import io.sekisho.ingress.recipient.RecipientDecisions;
import io.sekisho.ingress.submission.LoginExchange;
import io.sekisho.ingress.submission.SubmissionUsers;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.command.CommandParser;
import io.sekisho.smtp.content.BareLf;
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
 * What all sessions of a listener share: its name, what it offers, its limits, who decides about recipients and who counts
 * what clients do.
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
    private final ListenerRules rules;
    private final SessionLimits limits;
    private final RecipientDecisions decisions;
    private final SubmissionUsers users;
    private final ClientLimits clients;
    private final InstantSource clock;
    private final Replies replies;
    private final CommandParser parser;

    /**
     * What a listener offers.
     *
     * @param hostname this host's name in banner, replies and Received fields
     */
    public Reception(
            String hostname,
            ListenerRules rules,
            SessionLimits limits,
            RecipientDecisions decisions,
            SubmissionUsers users,
            ClientLimits clients,
            InstantSource clock) {
        this.hostname = hostname;
        this.rules = rules;
        this.limits = limits;
        this.decisions = decisions;
        this.users = users;
        this.clients = clients;
        this.clock = clock;
        EnumSet<EhloKeyword> offered = EnumSet.copyOf(OFFERED);
        if (rules.mode().isForUsers()) {
            offered.add(EhloKeyword.AUTH);
        }
        this.parser = new CommandParser(offered);
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

    SubmissionUsers users() {
        return users;
    }

    /** Who counts what each client does, in all its sessions. */
    public ClientLimits clients() {
        return clients;
    }

    ListenerRules.SenderCheck senderCheck() {
        return rules.senderCheck();
    }

    StartTlsOffer startTls() {
        return rules.startTls();
    }

    /** Whether a client understands a reply before there is TLS. */
    public boolean speaksPlainTextFirst() {
        return mode() != ListenerMode.IMPLICIT_TLS;
    }

    ListenerMode mode() {
        return rules.mode();
    }

    boolean isForUsers() {
        return rules.mode().isForUsers();
    }

    /** What a LF without CR is in a message: only where all its recipients were granted to a relay source or a user may it end a line. */
    BareLf bareLf(Transaction transaction) {
        boolean known = transaction.recipients().stream()
                .allMatch(accepted -> accepted.sender() == RecipientDecision.Sender.AUTHORISED);
        return known ? rules.bareLf() : BareLf.REJECT;
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
        if (!client.tls().isTls()) {
            return (startTls().isFor(client.address()) ? offer.with(EhloKeyword.STARTTLS) : offer).reply(hostname);
        }
        return (isForUsers() ? offer.with(EhloKeyword.AUTH, LoginExchange.MECHANISMS) : offer).reply(hostname);
    }

    byte[] receivedField(Client client, Greeting greeting, Transaction transaction) {
        TlsFacts tls = client.tls();
        TransmissionType type = TransmissionType.of(
                greeting.kind(),
                tls.isTls() ? TransmissionType.Channel.TLS : TransmissionType.Channel.PLAIN,
                client.user().isPresent() ? TransmissionType.Login.AUTHENTICATED : TransmissionType.Login.ANONYMOUS,
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
