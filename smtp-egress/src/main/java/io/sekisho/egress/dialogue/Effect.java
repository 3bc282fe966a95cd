package io.sekisho.egress.dialogue;

import io.sekisho.mail.policy.TlsVersion;
import java.util.Optional;

/** What a dialogue wants done. */
public sealed interface Effect {

    /** Writes commands; each line has its CRLF. */
    record Send(String lines) implements Effect {}

    /**
     * Shakes hands, and answers with {@link Input.Secured} or {@link Input.HandshakeFailed}.
     *
     * @param floor the lowest version offered
     * @param serverName for SNI
     */
    record StartTls(TlsVersion floor, Optional<String> serverName) implements Effect {}

    /**
     * Sends the content to its end, and answers with {@link Input.ContentSent} or {@link Input.ContentFailed}.
     *
     * @param inChunks each part by BDAT, the last one marked so; otherwise behind DATA, with the final dot
     */
    record SendContent(boolean inChunks) implements Effect {}

    /** The outcome is known; the connection may still say goodbye. */
    record Report(SessionResult result) implements Effect {}

    /** The host waits for another message, or {@link Input.Farewell}. */
    record Rest() implements Effect {}

    /** Closes at once; what was not yet written is not. */
    record Close() implements Effect {}
}
