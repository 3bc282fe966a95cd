package io.sekisho.testkit.dialogue;

import io.sekisho.testkit.dialogue.DialogueStep.Close;
import io.sekisho.testkit.dialogue.DialogueStep.ExpectClosed;
import io.sekisho.testkit.dialogue.DialogueStep.ExpectLine;
import io.sekisho.testkit.dialogue.DialogueStep.ExpectReply;
import io.sekisho.testkit.dialogue.DialogueStep.ExpectUntil;
import io.sekisho.testkit.dialogue.DialogueStep.Has;
import io.sekisho.testkit.dialogue.DialogueStep.Lacks;
import io.sekisho.testkit.dialogue.DialogueStep.Send;
import io.sekisho.testkit.dialogue.DialogueStep.StartTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as read from a {@code .smtp} file; the syntax stands in the package's description.
 *
 * @param name for messages, normally the file's
 */
public record Dialogue(String name, List<Line> lines) {

    /** One line of the file that does something. */
    record Line(int number, String text, DialogueStep step) {}

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|t|0|\\\\|x[0-9A-Fa-f]{2})");

    public Dialogue {
        lines = List.copyOf(lines);
    }

    /** Reads a file. */
    public static Dialogue read(Path file, Map<String, String> variables) {
        try {
            return parse(String.valueOf(file.getFileName()), Files.readString(file), variables);
        } catch (IOException failed) {
            throw new UncheckedIOException("the dialogue " + file + " cannot be read", failed);
        }
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException naming the line that makes no sense, or a variable without a value
     */
    public static Dialogue parse(String name, String text, Map<String, String> variables) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String raw : text.lines().toList()) {
            number++;
            String line = substitute(raw, variables, name + ":" + number);
            if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(new Line(number, line, step(line, name + ":" + number)));
            }
        }
        return new Dialogue(name, lines);
    }

    private static String substitute(String line, Map<String, String> variables, String place) {
        return VARIABLE.matcher(line).replaceAll(found -> {
            String value = variables.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException(place + ": the variable " + found.group() + " has no value");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static DialogueStep step(String line, String place) {
        int space = line.indexOf(' ');
        String word = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        return switch (word) {
            case "->" -> new Send(rest + "\r\n", 1);
            case "=>" -> new Send(unescape(rest), 1);
            case "*>" -> repeated(rest, place);
            case "<-" -> new ExpectLine(wildcard(rest));
            case "<~" -> new ExpectLine(Pattern.compile(rest));
            case "<..." -> new ExpectUntil(wildcard(rest));
            case "<=" -> new ExpectReply(rest.strip());
            case "has" -> new Has(wildcard(rest));
            case "lacks" -> new Lacks(wildcard(rest));
            case "c" -> control(rest.strip(), place);
            default -> throw new IllegalArgumentException(place + ": no line of a dialogue begins with '" + word + "'");
        };
    }

    private static Send repeated(String rest, String place) {
        String[] parts = rest.split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(place + ": *> needs a number and a text");
        }
        return new Send(unescape(parts[1]), Integer.parseInt(parts[0]));
    }

    private static DialogueStep control(String text, String place) {
        if (text.equals("close")) {
            return new Close();
        }
        if (text.equals("closed")) {
            return new ExpectClosed();
        }
        if (text.equals("tls")) {
            return new StartTls(Optional.empty());
        }
        if (text.startsWith("tls ")) {
            return new StartTls(Optional.of(text.substring("tls ".length())));
        }
        throw new IllegalArgumentException(place + ": c is followed by tls, close or closed, not '" + text + "'");
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(octet(found.group(1))));
    }

    private static String octet(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case '\\' -> "\\";
            default -> String.valueOf((char) HexFormat.fromHexDigits(escape.substring(1)));
        };
    }

    private static Pattern wildcard(String text) {
        StringBuilder regex = new StringBuilder();
        for (String literal : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(literal.isEmpty() ? "(?:)" : Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }
}
