package io.sekisho.testkit.peer;

import java.time.Duration;
import java.util.List;

/** What the peer does at a step instead of what a good server would. */
public sealed interface Reaction {

    /** Sends these lines, each as given, with CRLF. A 4yz or 5yz answer also refuses what was asked. */
    record Answer(List<String> lines) implements Reaction {
        public Answer {
            lines = List.copyOf(lines);
        }
    }

    /** Sends octets as they are, malformed replies for example; each character is one octet. */
    record Octets(String latin1) implements Reaction {}

    /** Closes the connection without a word. */
    record Close() implements Reaction {}

    /** Sends the lines, then closes. */
    record AnswerAndClose(List<String> lines) implements Reaction {
        public AnswerAndClose {
            lines = List.copyOf(lines);
        }
    }

    /** Reads this many octets of content, then closes; at {@link Step#CONTENT} only. */
    record CloseAfter(long octets) implements Reaction {}

    /** Never answers: keeps the connection open until the client closes it or the peer is stopped. */
    record Silence() implements Reaction {}

    /** Waits, then reacts. */
    record Later(Duration delay, Reaction then) implements Reaction {}

    static Reaction answer(String... lines) {
        return new Answer(List.of(lines));
    }

    static Reaction answerAndClose(String... lines) {
        return new AnswerAndClose(List.of(lines));
    }

    /** Octets given as ISO 8859-1 text. */
    static Reaction octets(String latin1) {
        return new Octets(latin1);
    }

    static Reaction close() {
        return new Close();
    }

    static Reaction closeAfter(long octets) {
        return new CloseAfter(octets);
    }

    static Reaction silence() {
        return new Silence();
    }

    static Reaction later(Duration delay, Reaction then) {
        return new Later(delay, then);
    }

    /** The first line that is sent, empty where there is none. */
    default String firstLine() {
        return switch (this) {
            case Answer(List<String> lines) -> lines.isEmpty() ? "" : lines.getFirst();
            case AnswerAndClose(List<String> lines) -> lines.isEmpty() ? "" : lines.getFirst();
            case Octets(String latin1) -> latin1;
            case Later(var delay, Reaction then) -> then.firstLine();
            case Close() -> "";
            case CloseAfter(long octets) -> "";
            case Silence() -> "";
        };
    }
}
