package io.sekisho.egress.dsn;

/** What a report returns of the message that it is about. */
// Made to be written out once; never compared.
@SuppressWarnings("ArrayRecordComponent")
public sealed interface ReturnedContent {

    /** Nothing: the content is lost. */
    record Nothing() implements ReturnedContent {}

    /** The header section (RFC 6522 §4). */
    record Headers(byte[] bytes) implements ReturnedContent {}

    /** The whole message: 7-bit, of lines that every server takes. */
    record Whole(byte[] bytes) implements ReturnedContent {}
}
