package io.sekisho.egress.dsn;

/** How much of the message a report may return. */
public enum ReturnedExtent {
    /** Headers: the sender asked for no more (RET=HDRS), or TLS was required, which a report's way may not have. */
    HEADERS,
    /** The message, if it is small and 7-bit; else its headers. */
    WHOLE_IF_SMALL
}
