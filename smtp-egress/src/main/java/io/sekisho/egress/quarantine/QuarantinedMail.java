package io.sekisho.egress.quarantine;

import java.util.Optional;
import java.util.UUID;

/**
 * What is kept.
 *
 * @param id derived from what it is about, so that keeping it twice is keeping it once
 * @param detail one sentence for people
 * @param recipient empty: the whole message
 * @param attempt the number of the attempt that ended here, from 1
 * @param position where the record stood in the intake queue
 * @param envelope as it was found
 * @param content the message, where the record held it
 */
public record QuarantinedMail(
        UUID id,
        QuarantineReason reason,
        String detail,
        Optional<UUID> message,
        Optional<String> recipient,
        int attempt,
        Optional<Position> position,
        Optional<byte[]> envelope,
        Optional<byte[]> content) {

    /** A place in the intake queue. */
    public record Position(int partition, long offset) {}
}
