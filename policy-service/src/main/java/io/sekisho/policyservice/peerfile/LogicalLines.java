package io.sekisho.policyservice.peerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * The logical lines of a Postfix table (postconf(5), "General format"): blank lines and lines that begin with {@code #} are nothing, a line that
 * begins with white space continues the one before.
 */
final class LogicalLines {
    private LogicalLines() {}

    /**
     * One statement.
     *
     * @param number of its first line, from 1
     * @param key up to the first white space; empty where the line continues nothing, which Postfix ignores
     * @param value the rest; empty where there is none
     */
    record Line(int number, String key, String value) {}

    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        int number = 0;
        int first = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            if (Character.isWhitespace(line.charAt(0))) {
                if (statement.isEmpty()) {
                    lines.add(new Line(number, "", content));
                } else {
                    statement.append(' ').append(content);
                }
                continue;
            }
            add(lines, first, statement);
            first = number;
            statement.append(content);
        }
        add(lines, first, statement);
        return lines;
    }

    private static void add(List<Line> lines, int first, StringBuilder statement) {
        if (!statement.isEmpty()) {
            String[] parts = statement.toString().split("\\s+", 2);
            lines.add(new Line(first, parts[0], parts.length > 1 ? parts[1].strip() : ""));
            statement.setLength(0);
        }
    }
}
