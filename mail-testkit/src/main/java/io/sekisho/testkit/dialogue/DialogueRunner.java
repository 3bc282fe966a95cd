package io.sekisho.testkit.dialogue;

import io.sekisho.testkit.certificate.TestIdentity;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs dialogues against a server. Immutable; each {@code with} returns a new runner.
 *
 * @param timeout for each answer
 * @param identity a client certificate, for {@code c tls}
 */
public record DialogueRunner(
        String host, int port, Duration timeout, Map<String, String> variables, Optional<TestIdentity> identity) {

    private static final String SERVER_NAME = "gw.example";

    public DialogueRunner {
        variables = Map.copyOf(variables);
    }

    /** A runner with ten seconds for each answer. */
    public static DialogueRunner against(String host, int port) {
        return new DialogueRunner(host, port, Duration.ofSeconds(10), Map.of(), Optional.empty());
    }

    public DialogueRunner withTimeout(Duration each) {
        return new DialogueRunner(host, port, each, variables, identity);
    }

    public DialogueRunner withVariable(String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return new DialogueRunner(host, port, timeout, more, identity);
    }

    public DialogueRunner withIdentity(TestIdentity clientCertificate) {
        return new DialogueRunner(host, port, timeout, variables, Optional.of(clientCertificate));
    }

    /** One test for each {@code .smtp} file of a directory, by name; for {@code @TestFactory} methods. */
    public Stream<DynamicTest> testsOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> dialogues = files.filter(file -> file.toString().endsWith(".smtp"))
                    .sorted()
                    .toList();
            if (dialogues.isEmpty()) {
                throw new IllegalArgumentException(directory + " holds no .smtp file");
            }
            return dialogues.stream()
                    .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> run(file)));
        } catch (IOException failed) {
            throw new UncheckedIOException("the directory " + directory + " cannot be read", failed);
        }
    }

    /** Runs one file. */
    public void run(Path file) {
        run(Dialogue.read(file, variables));
    }

    /**
     * Runs one dialogue.
     *
     * @throws AssertionError where the server answers otherwise; with the line and the whole conversation so far
     */
    public void run(Dialogue dialogue) {
        try (DialogueConnection connection = new DialogueConnection(host, port, timeout)) {
            List<String> lastReply = new ArrayList<>();
            for (Dialogue.Line line : dialogue.lines()) {
                try {
                    perform(line.step(), connection, lastReply);
                } catch (Mismatch | IOException otherwise) {
                    throw new AssertionError(
                            dialogue.name() + ":" + line.number() + "  " + line.text() + "\n" + otherwise.getMessage()
                                    + "\nThe conversation so far:\n" + connection.transcript(),
                            otherwise);
                }
            }
        } catch (IOException failed) {
            throw new AssertionError(
                    dialogue.name() + ": " + host + ":" + port + " cannot be reached: " + failed, failed);
        }
    }

    private void perform(DialogueStep step, DialogueConnection connection, List<String> lastReply)
            throws IOException, Mismatch {
        switch (step) {
            case Send(String octets, int times) -> connection.send(octets, times);
            case ExpectLine(Pattern line) -> {
                String got = next(connection);
                if (!line.matcher(got).matches()) {
                    throw new Mismatch("the server said: " + got);
                }
            }
            case ExpectUntil(Pattern line) -> {
                while (!line.matcher(next(connection)).matches()) {
                    // Up to the awaited line anything goes.
                }
            }
            case ExpectReply(String code) -> wholeReply(code, connection, lastReply);
            case Has(Pattern text) -> {
                if (lastReply.stream().noneMatch(line -> text.matcher(line).matches())) {
                    throw new Mismatch("no line of the reply is so: " + lastReply);
                }
            }
            case Lacks(Pattern text) -> {
                if (lastReply.stream().anyMatch(line -> text.matcher(line).matches())) {
                    throw new Mismatch("a line of the reply is so: " + lastReply);
                }
            }
            case StartTls(Optional<String> version) -> connection.startTls(version, SERVER_NAME, identity);
            case ExpectClosed() -> {
                Optional<String> more = connection.readLine();
                if (more.isPresent()) {
                    throw new Mismatch("the server did not close, but said: " + more.get());
                }
            }
            case Close() -> connection.close();
        }
    }

    private static void wholeReply(String code, DialogueConnection connection, List<String> lastReply)
            throws IOException, Mismatch {
        lastReply.clear();
        while (true) {
            String line = next(connection);
            if (line.length() < 3 || !line.startsWith(code)) {
                throw new Mismatch("the server said: " + line);
            }
            lastReply.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return;
            }
        }
    }

    private static String next(DialogueConnection connection) throws IOException, Mismatch {
        return connection.readLine().orElseThrow(() -> new Mismatch("the server closed the connection"));
    }

    /** The server did otherwise; becomes an assertion error with the place in the file. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }
}
