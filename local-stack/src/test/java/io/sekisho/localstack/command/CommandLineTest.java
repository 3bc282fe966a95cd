package io.sekisho.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void upNamesThePortInUseBeforeItStartsAnything() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            int code = run(
                    "up", "--data-dir", directory.toString(), "--free-ports", "--port-smtp", Integer.toString(port));

            assertThat(code).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("sekisho: Port " + port
                            + " of 127.0.0.1, where SMTP (mx listener) is to listen, is in use.")
                    .contains("--port-smtp=<port>");
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void unknownOptionIsWrongUsage() {
        assertThat(run("up", "--port-cheese=1")).isEqualTo(2);
        assertThat(err.toString()).contains("--port-cheese");
    }

    @Test
    void downSaysThatNothingRuns() {
        assertThat(run("down", "--data-dir", directory.toString())).isZero();
        assertThat(out.toString()).contains("No stack is running in " + directory);
    }

    @Test
    void downLeavesAProcessAloneThatOnlyHasTheSameNumber() {
        new RunRecord(ProcessHandle.current().pid(), Instant.EPOCH, RunRecord.State.READY).write(directory);

        assertThat(run("down", "--data-dir", directory.toString())).isZero();
        assertThat(out.toString()).contains("No stack is running in " + directory);
    }

    @Test
    void downEndsTheProcessOfTheRecord() throws IOException {
        Process other = new ProcessBuilder("sleep", "60").start();
        new RunRecord(other.pid(), other.info().startInstant().orElseThrow(), RunRecord.State.READY).write(directory);

        assertThat(run("down", "--data-dir", directory.toString())).isZero();

        assertThat(other.isAlive()).isFalse();
        assertThat(out.toString()).contains("It has ended.");
    }

    @Test
    void purgeDeletesWhatTheStackMadeAndNothingElse() throws IOException {
        Files.createDirectories(directory.resolve("kafka/data"));
        Files.writeString(directory.resolve("kafka/data/segment"), "mail");
        Files.writeString(directory.resolve("admin-key"), "sk_");
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("thesis.txt"), "mine");

        assertThat(run("down", "--purge", "--data-dir", directory.toString())).isZero();

        assertThat(directory).isDirectoryNotContaining(path -> !path.endsWith("thesis.txt"));
        assertThat(directory.resolve("thesis.txt")).hasContent("mine");
    }

    @Test
    void logsShowTheEndOfEachFile() throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("logs/kafka.log"), "one\ntwo\nthree\n");
        Files.writeString(directory.resolve("logs/redis.log"), "hello\n");

        assertThat(run("logs", "--data-dir", directory.toString(), "-n", "2")).isZero();

        assertThat(out.toString().lines())
                .containsExactly("kafka            two", "kafka            three", "redis            hello");
    }

    @Test
    void logsNameThoseThatThereAre() throws IOException {
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("logs/kafka.log"), "one\n");

        assertThat(run("logs", "--data-dir", directory.toString(), "cheese")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no log of cheese").contains("there are: kafka");
    }

    private int run(String... arguments) {
        CommandLine line = SekishoCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
