package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Chunk;

/**
 * BDAT was given: exactly so many octets as it announced are read, whatever will be answered (RFC 3030 §2), since they
 * are content and must never become commands.
 */
public sealed interface ReadingChunk extends SessionState permits ReceivingChunk, DiscardingChunk, SkippingChunk {

    /** What was announced; a refusal on the way changes nothing of it. */
    Chunk chunk();
}
