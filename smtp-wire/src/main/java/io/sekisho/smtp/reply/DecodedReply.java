package io.sekisho.smtp.reply;

/** What a {@link ReplyDecoder} made of the bytes a server sent. */
public sealed interface DecodedReply {

    /** A whole reply. */
    record Complete(SmtpReply reply) implements DecodedReply {}

    /**
     * Bytes that are no SMTP reply. The connection cannot be understood any more and is to be closed.
     *
     * @param excerpt the beginning of the offending line, safe to log
     */
    record Malformed(Fault fault, String excerpt) implements DecodedReply {}

    /** How a reply can be malformed. */
    enum Fault {
        /** The line does not begin with a code from 200 to 599. */
        NO_REPLY_CODE,
        /** After the code stands neither a space, a hyphen nor the line end. */
        NO_SEPARATOR,
        /** The lines of one reply carry different codes (RFC 5321 §4.2.1). */
        CODES_DIFFER,
        LINE_TOO_LONG,
        REPLY_TOO_LONG,
        /** NUL or a bare CR within a line. */
        CONTROL_CHARACTER
    }
}
