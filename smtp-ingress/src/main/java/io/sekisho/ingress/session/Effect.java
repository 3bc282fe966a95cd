package io.sekisho.ingress.session;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.smtp.reply.SmtpReply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a session wants done, in this order. Those marked <i>awaited</i> are answered by a {@link SessionInput}. */
public sealed interface Effect {

    /** Send this to the client. */
    record Reply(SmtpReply reply) implements Effect {}

    /** Ask DNS about the sender's domain. Awaited: {@link SessionInput.SenderChecked}, always and within seconds. */
    record CheckSender(DomainName domain) implements Effect {}

    /**
     * Make room for a message. Awaited: {@link SessionInput.ContentOpened} or {@link SessionInput.ContentUnavailable}.
     *
     * @param recipients for each of which two events will be told
     */
    record OpenContent(UUID id, int recipients) implements Effect {}

    /**
     * The next octets of the open content.
     *
     * @param octets valid until the effect has been carried out
     */
    record Content(ByteBuffer octets) implements Effect {}

    /** Forget the open content; nothing of it may be referenced. */
    record DropContent() implements Effect {}

    /**
     * Queue the open content. Awaited: {@link SessionInput.Stored} or {@link SessionInput.NotStored}.
     *
     * @param envelope without its chunks, which the queue knows
     */
    record Store(Envelope envelope) implements Effect {}

    /** Write events for which a reply waits. Awaited: {@link SessionInput.Recorded}. */
    record Await(List<MailEvent> events) implements Effect {
        public Await {
            events = List.copyOf(events);
        }
    }

    /** Write events for which nobody waits. */
    record Tell(List<MailEvent> events) implements Effect {
        public Tell {
            events = List.copyOf(events);
        }
    }

    /**
     * Begin TLS. Awaited: {@link SessionInput.Secured}, {@link SessionInput.TlsUnavailable} or
     * {@link SessionInput.HandshakeFailed}.
     *
     * @param ready sent in plain text just before the handshake, if it can begin; empty where TLS comes first
     */
    record StartTls(Optional<SmtpReply> ready) implements Effect {}

    /**
     * Note that a client tried to log in.
     *
     * @param user as it was given; empty where nobody asked
     */
    record NoteLogin(String user, LoginResult result) implements Effect {}

    /** How an attempt to log in ended. */
    enum LoginResult {
        ADMITTED,
        REFUSED,
        UNDETERMINED,
        /** The client has failed too often; what it gives is not looked at. */
        LIMITED
    }

    /** Close the connection when all replies are written. */
    record Close(String reason) implements Effect {}
}
