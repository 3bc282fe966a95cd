package io.sekisho.egress.client;

import io.netty.buffer.ByteBuf;
import io.sekisho.smtp.content.DotEncoder;
import io.sekisho.smtp.content.LineEndViolation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How content stands on the wire. A CR or LF alone never gets there: it would end the message elsewhere for one server than
 * for the next one.
 *
 * <p>Lifecycle: one per message. Thread safety: none.
 */
sealed interface ContentEncoding {

    /**
     * Appends a piece, each part from its beginning to its end and one part after the other.
     *
     * @param part all of it, at most 512 KiB
     * @param offset of the piece in it
     * @param length of the piece in octets
     * @param place of the part
     * @return a violation, after which the message must not be gone on with
     */
    Optional<LineEndViolation> encode(ByteBuffer part, int offset, int length, Place place, ByteBuf wire);

    /** Appends all of a content that has not one octet. */
    void encodeEmpty(ByteBuf wire);

    /** Where a part stands in the content. */
    enum Place {
        BEFORE_OTHERS,
        LAST
    }

    /** Behind DATA: with transparency dots, a last CRLF where there is none, and the final dot (RFC 5321 §4.5.2). */
    final class Dots implements ContentEncoding {

        private final DotEncoder encoder = new DotEncoder();

        @Override
        public Optional<LineEndViolation> encode(ByteBuffer part, int offset, int length, Place place, ByteBuf wire) {
            Optional<LineEndViolation> violation = encoder.encode(part.slice(offset, length), wire::writeBytes);
            boolean ends = place == Place.LAST && offset + length == part.limit();
            return violation.isEmpty() && ends ? encoder.finish(wire::writeBytes) : violation;
        }

        @Override
        public void encodeEmpty(ByteBuf wire) {
            encoder.finish(wire::writeBytes);
        }
    }

    /** By BDAT, a chunk for each part, the last one marked so (RFC 3030 §2): every octet as it is. */
    final class Chunks implements ContentEncoding {

        /** Looks at line ends only; what it would write is not sent. */
        private final DotEncoder lineEnds = new DotEncoder();

        @Override
        public Optional<LineEndViolation> encode(ByteBuffer part, int offset, int length, Place place, ByteBuf wire) {
            if (offset == 0) {
                // All of it before any of it: once its length is announced the host takes whatever follows.
                Optional<LineEndViolation> violation = lineEnds.encode(part.duplicate(), octets -> {});
                if (violation.isEmpty() && place == Place.LAST) {
                    violation = lineEnds.finish(octets -> {});
                }
                if (violation.isPresent()) {
                    return violation;
                }
                announce(part.limit(), place, wire);
            }
            wire.writeBytes(part.slice(offset, length));
            return Optional.empty();
        }

        @Override
        public void encodeEmpty(ByteBuf wire) {
            announce(0, Place.LAST, wire);
        }

        private static void announce(int octets, Place place, ByteBuf wire) {
            String command = "BDAT " + octets + (place == Place.LAST ? " LAST\r\n" : "\r\n");
            wire.writeCharSequence(command, StandardCharsets.US_ASCII);
        }
    }
}
