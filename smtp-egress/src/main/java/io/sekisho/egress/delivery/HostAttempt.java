package io.sekisho.egress.delivery;

import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * One connection of an attempt, for the ATTEMPTED events. A host with several addresses, or one that is tried again in
 * plain text, appears once for each connection.
 *
 * @param at when it was begun
 * @param reply the last one that decided something: the refusal, or the reply to the content
 * @param blockReason present with {@link Result#TLS_UNAVAILABLE} alone
 * @param failure absent where the host took the message
 * @param detail one sentence for people: what happened, at which command
 */
public record HostAttempt(
        Instant at,
        JudgedHop hop,
        Result result,
        Optional<ReplyFacts> reply,
        Optional<BlockReason> blockReason,
        Optional<AttemptFailure> failure,
        String detail) {

    /** How a connection ended. */
    public enum Result {
        /** The host took the message for at least one recipient. */
        TOOK_MESSAGE,
        /** Not connected, lost, timed out, or not understood. */
        UNREACHABLE,
        /** The host answered 4yz or 5yz: to all of it, or for each recipient. */
        REFUSED,
        /** The host lacks an extension that the message needs, or is too small for it. */
        INCAPABLE,
        /** TLS as the requirement asks for it was not to be had. */
        TLS_UNAVAILABLE,
        /** A handshake failed where TLS is only opportunistic; the next attempt at the host is the one in plain text. */
        FELL_BACK_TO_PLAIN_TEXT,
        /** Stopped from this side: the claim or the content was lost, or time ran out. */
        ABANDONED
    }
}
