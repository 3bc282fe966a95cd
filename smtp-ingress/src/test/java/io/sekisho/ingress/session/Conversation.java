package io.sekisho.ingress.session;

import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.recipient.RecipientDecision;
import io.sekisho.ingress.recipient.RecipientDecisions;
import io.sekisho.ingress.recipient.RecipientRequest;
import io.sekisho.ingress.submission.Credentials;
import io.sekisho.ingress.submission.SubmissionUser;
import io.sekisho.ingress.submission.SubmissionUsers;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.smtp.content.BareLf;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.reply.EnhancedStatus;
import io.sekisho.smtp.reply.SmtpReply;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A session without a network: the test speaks as the client, and answers effects as the listener would. */
final class Conversation {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    static final TlsFacts TLS =
            new TlsFacts("TLSv1.3", Optional.of("TLS_AES_128_GCM_SHA256"), Optional.empty(), Optional.empty());
    static final SessionLimits LIMITS = new SessionLimits(1_000, 3, 1024 * 1024, 5, 100);

    final List<String> replies = new ArrayList<>();
    final List<MailEvent> events = new ArrayList<>();
    final List<Envelope> stored = new ArrayList<>();
    final List<String> storedContents = new ArrayList<>();
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    final List<String> transcript = new ArrayList<>();
    int dropped;
    Optional<String> closed = Optional.empty();

    Function<Effect, SessionInput> answers = Conversation::wellAnswered;

    private final Deque<SessionInput> due = new ArrayDeque<>();
    private final Dialogue dialogue;

    Conversation() {
        this(LIMITS, StartTlsOffer.toEverybody());
    }

    Conversation(SessionLimits limits, StartTlsOffer offer) {
        this(reception(limits, ListenerRules.mx(offer, ListenerRules.SenderCheck.OFF)));
    }

    /** A session of a listener that asks DNS about senders; the test answers. */
    static Conversation checkingSenders() {
        return new Conversation(
                reception(LIMITS, ListenerRules.mx(StartTlsOffer.toEverybody(), ListenerRules.SenderCheck.ON)));
    }

    /** A session of a listener of such a kind. */
    static Conversation of(ListenerMode mode, BareLf bareLf) {
        return new Conversation(reception(
                LIMITS, new ListenerRules(mode, StartTlsOffer.toEverybody(), ListenerRules.SenderCheck.OFF, bareLf)));
    }

    /** A session of a client that is counted, on a listener of such a kind. */
    static Conversation counted(ClientLimits clients, ListenerMode mode) {
        ListenerRules rules =
                new ListenerRules(mode, StartTlsOffer.toEverybody(), ListenerRules.SenderCheck.OFF, BareLf.REJECT);
        return new Conversation(reception(LIMITS, rules, clients));
    }

    private static Reception reception(SessionLimits limits, ListenerRules rules) {
        return reception(limits, rules, ClientLimits.NONE);
    }

    private static Reception reception(SessionLimits limits, ListenerRules rules, ClientLimits clients) {
        return new Reception(
                "mx.test", rules, limits, decisions(), Conversation::login, clients, InstantSource.fixed(NOON));
    }

    /** anna@managed.test has the secret "secret"; of late.test nothing is known yet. */
    private static SubmissionUsers.Login login(Credentials credentials) {
        if (credentials.user().endsWith("@late.test")) {
            return new SubmissionUsers.Login.Undetermined("not fresh");
        }
        return credentials.equals(new Credentials("anna@managed.test", "secret"))
                ? new SubmissionUsers.Login.Admitted(
                        new SubmissionUser("anna@managed.test", DomainName.parse("managed.test"), "cred-1"))
                : new SubmissionUsers.Login.Refused();
    }

    private Conversation(Reception reception) {
        Client client = Client.connected(new UUID(1, 2), IpAddress.parse("192.0.2.1"), "mx");
        dialogue = new Dialogue(reception, client, this::carryOut);
        dialogue.open();
        while (!due.isEmpty()) {
            dialogue.tell(due.remove());
        }
    }

    /** The client sends; returns the replies that it got for it. */
    List<String> say(String... lines) {
        return sayOctets(String.join("\r\n", lines) + "\r\n");
    }

    List<String> sayOctets(String octets) {
        int before = replies.size();
        send(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
        return replies.subList(before, replies.size());
    }

    /** All but the last reply are of no interest. */
    String last(String... lines) {
        List<String> all = say(lines);
        return all.get(all.size() - 1);
    }

    void send(ByteBuffer octets) {
        dialogue.receive(octets);
        while (!due.isEmpty()) {
            dialogue.tell(due.remove());
            dialogue.receive(octets);
        }
    }

    /** Something happens that no client says. */
    void tell(SessionInput input) {
        dialogue.tell(input);
        while (!due.isEmpty()) {
            dialogue.tell(due.remove());
        }
    }

    boolean isClosed() {
        return dialogue.isClosed();
    }

    boolean isWaiting() {
        return dialogue.isWaiting();
    }

    Conversation greeted() {
        say("EHLO client.test");
        return this;
    }

    /** In a transaction with one accepted recipient, after 354. */
    Conversation receiving() {
        greeted().say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "DATA");
        content.reset();
        return this;
    }

    String contentText() {
        return content.toString(StandardCharsets.ISO_8859_1);
    }

    static SessionInput wellAnswered(Effect effect) {
        return switch (effect) {
            case Effect.CheckSender check -> new SessionInput.SenderChecked(SenderDomain.TAKES_MAIL);
            case Effect.OpenContent open -> new SessionInput.ContentOpened();
            case Effect.Store store -> new SessionInput.Stored();
            case Effect.Await await -> new SessionInput.Recorded();
            case Effect.StartTls start -> new SessionInput.Secured(TLS, CertificateCheck.NONE_PRESENTED);
            default -> null;
        };
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Reply(SmtpReply reply) -> note(reply);
            case Effect.Content(ByteBuffer octets) -> {
                byte[] copy = new byte[octets.remaining()];
                octets.get(copy);
                content.writeBytes(copy);
            }
            case Effect.DropContent() -> {
                dropped++;
                content.reset();
                transcript.add("drop");
            }
            case Effect.Await(List<MailEvent> awaited) -> note(awaited);
            case Effect.Tell(List<MailEvent> told) -> note(told);
            case Effect.Store(Envelope envelope) -> {
                stored.add(envelope);
                storedContents.add(contentText());
                transcript.add(anonymous(
                        "store " + envelope.recipients() + envelope.size() + envelope.subject() + contentText()));
            }
            case Effect.StartTls(Optional<SmtpReply> ready) -> {
                ready.ifPresent(this::note);
                transcript.add("start TLS");
            }
            case Effect.NoteLogin(String user, Effect.LoginResult result) ->
                transcript.add("login " + user + " " + result);
            case Effect.Close(String reason) -> {
                closed = Optional.of(reason);
                transcript.add("close " + reason);
            }
            case Effect.CheckSender(DomainName domain) -> transcript.add("check " + domain.ascii());
            case Effect.OpenContent open -> transcript.add("open for " + open.recipients());
        }
        SessionInput answer = answers.apply(effect);
        if (answer != null) {
            due.add(answer);
        }
    }

    private void note(SmtpReply reply) {
        replies.add(reply.toString());
        transcript.add(anonymous(reply.toString()));
    }

    private static String anonymous(String text) {
        return text.replaceAll("[0-9a-f-]{36}", "ID");
    }

    private void note(List<MailEvent> more) {
        events.addAll(more);
        more.forEach(event -> transcript.add(event.kind() + " "
                + event.message().map(facts -> facts.recipient()).orElse("-")));
    }

    /** managed.test takes mail, tls.test wants TLS, all else is relaying. */
    private static RecipientDecisions decisions() {
        return request -> {
            String path = request.forwardPath().toString();
            String domain = path.substring(path.indexOf('@') + 1);
            return switch (domain) {
                case "managed.test" ->
                    new RecipientDecision.Accepted(
                            recipient(request), policy(Verdict.MET), RecipientDecision.Sender.STRANGER);
                case "authorised.test" ->
                    new RecipientDecision.Accepted(
                            recipient(request), policy(Verdict.MET), RecipientDecision.Sender.AUTHORISED);
                case "tls.test" -> refused(request, "5.7.10", BlockReason.TLS_NOT_AVAILABLE);
                default -> refused(request, "5.7.1", BlockReason.RELAYING_DENIED);
            };
        };
    }

    private static Recipient recipient(RecipientRequest request) {
        Mailbox mailbox = request.forwardPath().asMailbox().orElseThrow();
        return new Recipient(
                mailbox.toString(),
                mailbox.domainName().orElseThrow(),
                Direction.INBOUND,
                List.of(),
                request.parameters().notifyOn(),
                request.parameters().orcpt());
    }

    private static RecipientDecision.Refused refused(RecipientRequest request, String status, BlockReason reason) {
        return new RecipientDecision.Refused(
                request.forwardPath().toString(),
                Direction.INBOUND,
                List.of(DomainName.parse("tls.test")),
                SmtpReply.of(550, EnhancedStatus.of(status), "refused"),
                Optional.of(reason),
                Optional.of(policy(Verdict.UNMET)),
                "refused by the test");
    }

    private static AppliedPolicy policy(Verdict verdict) {
        return new AppliedPolicy(
                List.of("rule-1"),
                new PolicyRevision("e", 1),
                new AppliedPolicy.Desired(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_2),
                "NONE",
                verdict,
                Optional.empty());
    }
}
