package io.sekisho.ingress.log;

/**
 * One line in the making. Values come from clients too: whatever would break the line or forge another is replaced.
 */
public final class LogLine {

    private static final int LONGEST_VALUE = 2_048;

    private final StringBuilder text = new StringBuilder(160);

    private LogLine(String action) {
        with(LogKey.ACTION, action);
    }

    /** A line about something done. */
    public static LogLine of(String action) {
        return new LogLine(action);
    }

    /** Adds a value, quoted where it needs to be. */
    public LogLine with(LogKey key, Object value) {
        if (!text.isEmpty()) {
            text.append(' ');
        }
        text.append(key.text()).append('=');
        append(String.valueOf(value));
        return this;
    }

    private void append(String value) {
        int begin = text.length();
        boolean plain = !value.isEmpty();
        for (int at = 0; at < value.length() && at < LONGEST_VALUE; at++) {
            char c = value.charAt(at);
            plain &= c != ' ' && c != '"' && c != '=';
            text.append(breaksLine(c) ? '?' : c == '"' ? '\'' : c);
        }
        if (!plain) {
            text.insert(begin, '"').append('"');
        }
    }

    private static boolean breaksLine(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
