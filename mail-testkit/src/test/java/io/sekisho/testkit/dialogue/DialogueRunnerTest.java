package io.sekisho.testkit.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.Step;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialogueRunnerTest {

    @Test
    void runsAFile() throws URISyntaxException {
        Path file = Path.of(getClass().getResource("/dialogues/starttls.smtp").toURI());
        try (var peer = peer().refuse("bad@y.example", "550 5.1.1 no such user").start()) {
            against(peer).withVariable("name", "mx.partner.example").run(file);

            assertThat(peer.accepted()).singleElement().satisfies(message -> {
                assertThat(message.text()).isEqualTo("Subject: x\r\n\r\n" + "ten octets".repeat(3) + "\r\n");
                assertThat(message.tls()).isPresent();
            });
        }
    }

    @Test
    void offersADirectoryAsTests() throws URISyntaxException {
        Path file = Path.of(getClass().getResource("/dialogues/starttls.smtp").toURI());
        try (var peer = peer().start()) {
            assertThat(against(peer).testsOf(file.getParent()))
                    .singleElement()
                    .satisfies(test -> assertThat(test.getDisplayName()).isEqualTo("starttls.smtp"));
        }
    }

    @Test
    void showsTheWholeConversationWhereTheServerAnswersOtherwise() {
        try (var peer = peer().start()) {
            assertThatThrownBy(() -> run(peer, "<- 220 *\n-> NOOP\n<- 251 *\n-> QUIT"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("test:3  <- 251 *")
                    .hasMessageContaining("the server said: 250 2.0.0 ok")
                    .hasMessageContaining(
                            "  <- 220 mx.partner.example ESMTP scripted peer\n  -> NOOP\n  <- 250 2.0.0 ok\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<- 220",
                "<- 2*1 *",
                "<~ 2[0-9]{2}",
                "<= 221",
                "<= 220\nhas STARTTLS",
                "<= 220\nlacks mx*",
                "<... 221 *",
                "c closed",
                "<= 220\n-> QUIT\n<= 221\n<- 250 *",
                "<= 220\n-> NOOP\n<= 250\nc tls",
            })
    void failsWhereTheServerDoesOtherwise(String dialogue) {
        // Some of these wait for what never comes.
        try (var peer = peer().start()) {
            assertThatThrownBy(() -> against(peer)
                            .withTimeout(Duration.ofSeconds(1))
                            .run(Dialogue.parse("test", dialogue, Map.of())))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("The conversation so far:");
        }
    }

    @Test
    void presentsAClientCertificate() {
        TestIdentity identity = TestCertificates.selfSigned("client.example");
        try (var peer = peer().asksForClientCertificate().start()) {
            against(peer)
                    .withIdentity(identity)
                    .run(Dialogue.parse(
                            "test", "<= 220\n-> STARTTLS\n<= 220\nc tls\n-> NOOP\n<= 250\nc close", Map.of()));

            assertThat(peer.sessions().getFirst().tls().orElseThrow().clientChain())
                    .containsExactly(identity.certificate());
        }
    }

    @Test
    void seesThatTheServerCloses() {
        try (var peer =
                peer().on(Step.NOOP, Reaction.answerAndClose("421 4.3.2 bye")).start()) {
            run(peer, "<- 220 *\n-> NOOP\n<- 421 *\nc closed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "c", "c dance", "*> x", "*> 3", "<< 250", "-> ${unset}"})
    void refusesALineThatMakesNoSense(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialogue.parse("file.smtp", "# fine\n" + line, Map.of()))
                .withMessageContaining("file.smtp:2");
    }

    private static void run(ScriptedSmtpServer peer, String text) {
        against(peer).run(Dialogue.parse("test", text, Map.of()));
    }

    private static DialogueRunner against(ScriptedSmtpServer peer) {
        return DialogueRunner.against(peer.host(), peer.port());
    }

    private static PeerSettings peer() {
        return ScriptedSmtpServer.settings();
    }
}
