package io.sekisho.egress.log;

import java.util.Optional;

/**
 * A line of the log: what happened, then {@code key=value} pairs. What comes from outside cannot break the line: values
 * are quoted, and control characters replaced.
 *
 * <p>Thread safety: for one thread.
 */
public final class LogLine {

    private static final int LONGEST_VALUE = 500;

    private final StringBuilder text;

    private LogLine(String what) {
        text = new StringBuilder(what);
    }

    public static LogLine of(String what) {
        return new LogLine(what);
    }

    public LogLine with(LogKey key, Object value) {
        text.append(' ').append(key).append('=');
        String plain = String.valueOf(value);
        String cut = plain.length() > LONGEST_VALUE ? plain.substring(0, LONGEST_VALUE) + "…" : plain;
        boolean bare = !cut.isEmpty() && cut.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=');
        if (bare) {
            text.append(cut);
        } else {
            text.append('"');
            cut.chars().forEach(c -> text.append(c < ' ' || c == 0x7f ? ' ' : c == '"' ? '\'' : (char) c));
            text.append('"');
        }
        return this;
    }

    /** Adds the pair where there is a value. */
    public LogLine with(LogKey key, Optional<?> value) {
        value.ifPresent(v -> with(key, v));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
