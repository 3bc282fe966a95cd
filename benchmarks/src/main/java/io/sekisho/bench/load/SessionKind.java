package io.sekisho.bench.load;

/** How a client talks. */
public enum SessionKind {
    PLAIN,
    STARTTLS
}
