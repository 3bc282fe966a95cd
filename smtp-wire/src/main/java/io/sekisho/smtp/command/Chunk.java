package io.sekisho.smtp.command;

/**
 * A piece of a message, as BDAT announces it (RFC 3030 §2).
 *
 * @param octets 0 or more; {@link Long#MAX_VALUE} for a number that no long holds
 */
public record Chunk(long octets, Place place) {

    /** Whether the message ends with the chunk. */
    public enum Place {
        MORE_FOLLOW,
        LAST
    }

    public Chunk {
        if (octets < 0) {
            throw new IllegalArgumentException("a chunk has no " + octets + " octets");
        }
    }

    public boolean isLast() {
        return place == Place.LAST;
    }
}
