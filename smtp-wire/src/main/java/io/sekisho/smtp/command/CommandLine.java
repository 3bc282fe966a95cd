package io.sekisho.smtp.command;

/** One line of a client, as far as it can be one. */
public sealed interface CommandLine {

    /**
     * A line ended by CRLF.
     *
     * @param text without the line end; it may hold control characters other than NUL, CR and LF
     */
    record Text(String text) implements CommandLine {}

    /**
     * A line over the limit; all of it has been skipped (RFC 5321 §4.5.3.1.4: 500 or the like).
     *
     * @param octets its length, line end included
     */
    record TooLong(long octets) implements CommandLine {}

    /** A line that breaks a rule for octets; all of it has been skipped. */
    record Malformed(Violation violation) implements CommandLine {}

    /** The first rule that a line broke. */
    enum Violation {
        NUL,
        /** A CR without LF (RFC 5321 §2.3.8). */
        BARE_CR,
        /** A LF without CR; the line ends there (RFC 5321 §2.3.8). */
        BARE_LF,
        /** Octets of 128 and above that are not UTF-8 (RFC 6531 §3.1). */
        NOT_UTF8
    }
}
