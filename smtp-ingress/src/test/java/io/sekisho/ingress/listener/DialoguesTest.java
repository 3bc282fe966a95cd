package io.sekisho.ingress.listener;

import io.sekisho.testkit.dialogue.DialogueRunner;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conversations in {@code src/test/resources/dialogues}, each against the real listener. */
class DialoguesTest {

    private static RunningListener running;

    @BeforeAll
    static void start() {
        running = RunningListener.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @TestFactory
    Stream<DynamicTest> conversations() {
        return DialogueRunner.against("127.0.0.1", running.port()).testsOf(Path.of("src/test/resources/dialogues"));
    }
}
