package io.sekisho.ingress.session;

import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.content.LineEndViolation;

/** What a session can be told: what the client sent, and what became of an effect. */
public sealed interface SessionInput {

    /** A command line. */
    record Line(CommandLine line, Behind behind) implements SessionInput {}

    /** A command line has no end in sight. */
    record LineEndless() implements SessionInput {}

    /** The content has passed the size limit. */
    record ContentTooLarge() implements SessionInput {}

    /** The content has a bare CR or LF. */
    record ContentMalformed(LineEndViolation violation) implements SessionInput {}

    /** The content that is being thrown away has no end in sight. */
    record ContentEndless() implements SessionInput {}

    /** {@code CRLF . CRLF} was read. */
    record ContentEnded(ContentFacts facts) implements SessionInput {}

    /**
     * All octets of a chunk were read.
     *
     * @param facts of the content so far
     */
    record ChunkEnded(ContentFacts facts) implements SessionInput {}

    /** Answers {@link Effect.OpenContent}: content may come. */
    record ContentOpened() implements SessionInput {}

    /**
     * No content can be taken, or no more of it.
     *
     * @param reason for the log
     */
    record ContentUnavailable(Shortage shortage, String reason) implements SessionInput {}

    /** Answers {@link Effect.Store}: the queue holds the message. */
    record Stored() implements SessionInput {}

    /**
     * Answers {@link Effect.Store}: whether the queue holds the message is not known.
     *
     * @param reason for the log
     */
    record NotStored(String reason) implements SessionInput {}

    /** Answers {@link Effect.CheckSender}. */
    record SenderChecked(SenderDomain domain) implements SessionInput {}

    /** Answers {@link Effect.Await}: the events are written, or were waited for long enough. */
    record Recorded() implements SessionInput {}

    /**
     * Answers {@link Effect.StartTls}.
     *
     * @param certificate judges what the client showed, when a rule asks for it
     */
    record Secured(TlsFacts tls, CertificateCheck certificate) implements SessionInput {}

    /** Answers {@link Effect.StartTls}: this side has no means to begin; nothing was sent. */
    record TlsUnavailable(String reason) implements SessionInput {}

    /** Answers {@link Effect.StartTls}: the handshake broke. */
    record HandshakeFailed(String reason) implements SessionInput {}

    /** The client let the time-out of this state pass. */
    record TimedOut() implements SessionInput {}

    /** The service is going down: end where it does no harm. */
    record Draining() implements SessionInput {}

    /** The client is gone. */
    record Disconnected() implements SessionInput {}

    /** What is lacking. */
    enum Shortage {
        /** Kafka cannot be written. */
        QUEUE,
        /** This process has no memory left for content. */
        MEMORY
    }
}
