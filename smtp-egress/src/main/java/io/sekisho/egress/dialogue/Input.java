package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.smtp.reply.DecodedReply;
import io.sekisho.smtp.reply.SmtpReply;
import java.time.Duration;
import java.time.Instant;

/** What a dialogue can be told. */
public sealed interface Input {

    record Replied(SmtpReply reply) implements Input {}

    /** The handshake is done; nothing is judged yet. */
    record Secured(Security security) implements Input {}

    /** The handshake failed; {@code detail} has the reason as the engine or the socket gave it. */
    record HandshakeFailed(Reason reason, String detail) implements Input {

        /** Why, as far as it decides anything. */
        public enum Reason {
            /** The two sides have no version in common. */
            VERSION,
            /** Plain text came behind the reply to STARTTLS (CVE-2011-0411). */
            INJECTED,
            OTHER
        }
    }

    /** All content and the final dot are on their way. */
    record ContentSent() implements Input {}

    /** The content ended before its time; the final dot was not sent. */
    record ContentFailed(RecipientOutcome outcome) implements Input {}

    /** At rest only: another message for this host. */
    record Next(Errand errand, Instant now) implements Input {}

    /** At rest only: there is no other message. */
    record Farewell() implements Input {}

    /** The session cannot go on. */
    sealed interface Interruption extends Input {

        /** The connection is closed. */
        record Lost(String detail) implements Interruption {}

        /** Nothing came, or in content nothing went, for so long. */
        record TimedOut(Duration limit) implements Interruption {}

        /** Bytes that are no reply. */
        record Garbled(DecodedReply.Malformed malformed) implements Interruption {}

        /** The host said more than it was asked: no later reply could be told from the wrong one. */
        record Unasked() implements Interruption {}

        /** This side gives the attempt up. */
        record Abandoned(DeferralCause cause, String detail) implements Interruption {}
    }
}
