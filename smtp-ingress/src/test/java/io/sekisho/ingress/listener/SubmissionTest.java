package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.session.ListenerMode;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.policy.Direction;
import io.sekisho.testkit.dialogue.DialogueRunner;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users' clients at the listeners for submission. */
class SubmissionTest {

    private static RunningListener submission;
    private static RunningListener implicitTls;
    private static RunningListener balanced;

    @BeforeAll
    static void start() {
        submission = RunningListener.of(RunningListener.Setup.USUAL.in(ListenerMode.SUBMISSION));
        implicitTls = RunningListener.of(RunningListener.Setup.USUAL.in(ListenerMode.IMPLICIT_TLS));
        balanced = RunningListener.of(
                RunningListener.Setup.USUAL.in(ListenerMode.IMPLICIT_TLS).behind("127.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        submission.close();
        implicitTls.close();
        balanced.close();
    }

    @BeforeEach
    void reset() {
        submission.reset();
        implicitTls.reset();
        balanced.reset();
    }

    @TestFactory
    Stream<DynamicTest> conversations() {
        return DialogueRunner.against("127.0.0.1", submission.port())
                .testsOf(Path.of("src/test/resources/submission-dialogues"));
    }

    @TestFactory
    Stream<DynamicTest> conversationsThatBeginWithTls() {
        return DialogueRunner.against("127.0.0.1", implicitTls.port())
                .testsOf(Path.of("src/test/resources/implicit-tls-dialogues"));
    }

    @ParameterizedTest
    @CsvSource({"-tls, PLAIN", "-tls, LOGIN", "-tlsc, PLAIN", "-tlsc, LOGIN"})
    void takesMailOfSwaks(String tls, String mechanism) {
        RunningListener running = tls.equals("-tls") ? submission : implicitTls;

        Outcome outcome = swaks(running, tls, mechanism, RunningListener.SECRET_OF_ANNA);

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        assertThat(running.queue.messages).singleElement().satisfies(held -> {
            assertThat(held.envelope().upstream().authenticatedAs()).contains("anna@own.example");
            assertThat(held.envelope().recipients()).singleElement().satisfies(recipient -> {
                assertThat(recipient.direction()).isEqualTo(Direction.OUTBOUND);
                assertThat(recipient.managedDomains())
                        .extracting(Object::toString)
                        .containsExactly("own.example");
            });
            assertThat(held.content()).contains("with ESMTPSA").contains("TLSv1.3");
        });
    }

    @Test
    void refusesSwaksWithAnotherSecret() {
        Outcome outcome = swaks(submission, "-tls", "PLAIN", "sc_another");

        assertThat(outcome.isSuccess()).isFalse();
        assertThat(outcome.output()).contains("535 5.7.8");
        assertThat(submission.queue.messages).isEmpty();
    }

    @Test
    void takesTheFirstFlightThatComesWithTheHeaderOfTheBalancer() {
        Outcome outcome = OutsideClients.assumeInstalled("swaks")
                .run(
                        Duration.ofSeconds(30),
                        "--server",
                        "127.0.0.1:" + balanced.port(),
                        "--proxy-version",
                        "1",
                        "--proxy-family",
                        "TCP4",
                        "--proxy-source",
                        "203.0.113.7",
                        "--proxy-source-port",
                        "50000",
                        "--proxy-dest",
                        "192.0.2.1",
                        "--proxy-dest-port",
                        "465",
                        "-tlsc",
                        "--auth",
                        "PLAIN",
                        "--auth-user",
                        "anna@own.example",
                        "--auth-password",
                        RunningListener.SECRET_OF_ANNA,
                        "--from",
                        "anna@own.example",
                        "--to",
                        "friend@elsewhere.example");

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        assertThat(balanced.queue.messages)
                .singleElement()
                .satisfies(held -> assertThat(held.content()).contains("([203.0.113.7])"));
    }

    @Test
    void tellsOfAClientThatSpeaksPlainTextWhereTlsComesFirst() {
        try (WireClient client = new WireClient(implicitTls.port())) {
            client.send("EHLO laptop.example\r\n");

            assertThat(client.reply()).doesNotStartWith("2");
        }
        await().untilAsserted(() -> assertThat(implicitTls.events.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.HANDSHAKE_FAILED));
    }

    @Test
    void saysNothingInPlainTextWhereTlsComesFirst() {
        try (RunningListener full = RunningListener.of(RunningListener.Setup.USUAL
                        .in(ListenerMode.IMPLICIT_TLS)
                        .bounded(0, Duration.ofMinutes(1)));
                WireClient client = new WireClient(full.port())) {
            assertThat(client.reply()).isEmpty();
        }
    }

    private static Outcome swaks(RunningListener running, String tls, String mechanism, String secret) {
        return OutsideClients.assumeInstalled("swaks")
                .run(
                        Duration.ofSeconds(30),
                        "--server",
                        "127.0.0.1:" + running.port(),
                        tls,
                        "--auth",
                        mechanism,
                        "--auth-user",
                        "anna@own.example",
                        "--auth-password",
                        secret,
                        "--from",
                        "anna@own.example",
                        "--to",
                        "friend@elsewhere.example");
    }
}
