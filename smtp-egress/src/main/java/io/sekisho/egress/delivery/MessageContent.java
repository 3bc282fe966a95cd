package io.sekisho.egress.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/**
 * The bytes of a message, in parts, so that a large one never sits in memory whole.
 *
 * <p>Thread safety: called from an event loop, one part at a time, in order, and from the first again at each host that
 * gets as far as DATA. No call may block; the results may arrive on any thread.
 */
public interface MessageContent {

    /** The largest part, in octets. */
    int MAX_PART_OCTETS = 512 * 1024;

    /** All parts together, in octets; the courier never ends a message that came out shorter or longer. */
    long size();

    /** How many parts there are; 0 only for the empty message. */
    int parts();

    /**
     * Reads a part of at most {@link #MAX_PART_OCTETS}; the caller only reads the buffer.
     *
     * <p>Fails with {@link ContentUnavailable} where the part is missing or differs from what was received; with
     * anything else where it could not be read now.
     *
     * @param index 0 to {@link #parts} - 1
     */
    Uni<Buffer> part(int index);
}
