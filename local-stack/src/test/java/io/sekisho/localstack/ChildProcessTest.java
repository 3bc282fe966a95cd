package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path directory;

    @Test
    void tellsExitCodeAndLastLinesOfADeadChild() throws Exception {
        ChildProcess child =
                shell("echo first; printf '\\tat cheese.Shop.sell(Shop.java:7)\\n'; echo 'no cheese left' >&2; exit 7");

        assertThat(child.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThatThrownBy(child::requireAlive)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("child ended with exit code 7.")
                .hasMessageContaining("first\n  no cheese left")
                .hasMessageContaining(log().toString());
    }

    @Test
    void namesTheSignalThatEndedAChild() throws Exception {
        ChildProcess child = shell("kill -SEGV $$");

        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(child.obituary()).contains("exit code 139 (signal 11)");
    }

    @Test
    void stopsAnOrderlyChildWithItsSignal() throws IOException {
        ChildProcess child = shell("trap 'echo said goodbye; exit 0' TERM; echo waiting; while :; do sleep 0.1; done");
        await().untilAsserted(() -> assertThat(log()).content().contains("waiting"));

        child.stop(Duration.ofSeconds(10));

        assertThat(child.exitCode()).hasValue(0);
        assertThat(Files.readString(log())).contains("said goodbye");
    }

    @Test
    void killsAChildThatIgnoresTheStopSignal() {
        ChildProcess child = shell("trap '' TERM; echo waiting; while :; do sleep 0.1; done");
        await().untilAsserted(() -> assertThat(log()).content().contains("waiting"));

        child.stop(Duration.ofMillis(300));

        assertThat(child.exitCode()).hasValue(137);
    }

    @Test
    void pidIsThatOfTheProgram() throws IOException {
        ChildProcess child = shell("echo $$; exec sleep 60");
        await().untilAsserted(() -> assertThat(log()).content().isNotBlank());

        assertThat(Files.readString(log()).strip()).isEqualTo(Long.toString(child.pid()));
        child.kill();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void interruptedStartLeavesNoProcessBehind() throws Exception {
        Path pid = directory.resolve("own-pid");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> shell("echo $$ >'" + pid + "'; exec sleep 300"))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("Interrupted");

        assertThat(Thread.interrupted()).isTrue();
        // It may have been ended before it came to its first word.
        if (Files.exists(pid)) {
            long number = Long.parseLong(Files.readString(pid).strip());
            await().untilAsserted(() -> assertThat(ProcessHandle.of(number)).isEmpty());
        }
    }

    @Test
    void givesItsEnvironmentToTheChild() throws Exception {
        ChildProcess child = ChildProcess.start(new ChildCommand(
                "child",
                List.of("sh", "-c", "echo \"$CHEESE\""),
                Map.of("CHEESE", "a 'quoted' \"one\""),
                directory.resolve("a path with spaces"),
                log(),
                ChildCommand.StopSignal.TERM));

        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(log()).content().isEqualTo("a 'quoted' \"one\"\n");
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start(new ChildCommand(
                "child", List.of("sh", "-c", script), Map.of(), directory, log(), ChildCommand.StopSignal.TERM));
    }

    private Path log() {
        return directory.resolve("logs").resolve("child.log");
    }
}
