package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers end with the process that started them, also when that is killed, and start again on what they left. */
class ParentDeathTest {
    @TempDir
    private Path directory;

    @Test
    void everyServerEndsWithAKilledParentAndStartsAgain() throws Exception {
        Process parent = startParent();
        List<ProcessHandle> servers = servers();
        assertThat(servers).hasSize(3).allMatch(ProcessHandle::isAlive);
        List<ProcessHandle> everybody =
                Stream.concat(parent.descendants(), servers.stream()).toList();
        // A paused server takes no stop signal: the hardest case.
        signal("STOP", servers.getFirst());

        killWithItsGroup(parent);

        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(everybody).noneMatch(ProcessHandle::isAlive));

        try (Infrastructure again = LocalStack.with(EnumSet.allOf(Piece.class))
                .dataDirectory(directory)
                .start()) {
            assertThat(again.pieces()).containsExactlyInAnyOrder(Piece.values());
            again.requireAlive();
        }
    }

    private Process startParent() throws IOException {
        String classpath = Stream.concat(Stream.of(testClasses()), BuildOutput.locate().childrenClasspath().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                CurrentJvm.java().toString(),
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                classpath,
                StackHolder.class.getName(),
                directory.toString()));
        if (hasSetsid()) {
            command.addFirst("setsid");
        }
        Process parent = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = parent.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("ready");
        return parent;
    }

    /** As {@code timeout} and job control end a process: all of its group at once. */
    private static void killWithItsGroup(Process parent) throws Exception {
        if (hasSetsid()) {
            run("kill -s KILL -- -" + parent.pid());
        } else {
            parent.destroyForcibly();
        }
        assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean hasSetsid() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "setsid")));
    }

    private static Path testClasses() {
        return Path.of(ParentDeathTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    private List<ProcessHandle> servers() throws IOException {
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(file -> file.toString().endsWith(".pid"))
                    .filter(file -> !file.endsWith("initdb.pid"))
                    .map(ParentDeathTest::process)
                    .toList();
        }
    }

    private static ProcessHandle process(Path pidFile) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        run("kill -" + name + " " + process.pid());
    }

    private static void run(String command) throws Exception {
        new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
    }
}
