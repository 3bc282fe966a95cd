package io.sekisho.ingress.queue;

import io.sekisho.mail.topic.Topics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The arrays in which chunks of large messages are gathered, used again and again: made anew, each would outlive a collection of the young
 * heap and be garbage in the old one, which large mail would fill several times a second.
 *
 * <p><b>Thread safety:</b> any thread.
 */
final class ChunkBuffers {

    private static final int KEPT = 32;

    private final BlockingQueue<byte[]> idle = new ArrayBlockingQueue<>(KEPT);

    /** An array of a chunk's length, with anything in it. */
    byte[] take() {
        byte[] used = idle.poll();
        return used == null ? new byte[Topics.CHUNK_BYTES] : used;
    }

    /** Takes an array that nobody reads any more; one of another length, or beyond what is kept, is left to the collector. */
    void give(byte[] octets) {
        if (octets.length == Topics.CHUNK_BYTES) {
            var unused = idle.offer(octets);
        }
    }
}
