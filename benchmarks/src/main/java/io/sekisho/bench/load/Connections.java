package io.sekisho.bench.load;

/** Whether a session's connection carries all of its messages. */
public enum Connections {
    /** One connection for each session, kept. */
    KEPT,
    /** A new connection for each message, closed after it. */
    NEW_FOR_EACH
}
