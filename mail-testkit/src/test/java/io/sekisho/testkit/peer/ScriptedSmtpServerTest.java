package io.sekisho.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedSmtpServerTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void takesAMessageAndKeepsItsOctets() throws Exception {
        try (var peer = ScriptedSmtpServer.settings().start();
                var client = new SimpleClient(peer.port())) {
            assertThat(client.reply()).startsWith("220 mx.partner.example");
            assertThat(client.ask("EHLO me.example")).contains("250-PIPELINING").endsWith("250 STARTTLS");
            client.ask("MAIL FROM:<a@x.example> SIZE=100");
            client.ask("RCPT TO:<b@y.example>");
            client.ask("RCPT TO:<c@y.example>");
            assertThat(client.ask("DATA")).startsWith("354");
            assertThat(client.ask("Subject: one\r\n two\r\n\r\n..dot\r\n...\r\nb\u00e9\0\n.\r\n.\n.\r\n.\rc\r\n."))
                    .startsWith("250");

            RecordedMessage message = peer.awaitMessages(1, SOON).getFirst();
            assertThat(message.text())
                    .isEqualTo("Subject: one\r\n two\r\n\r\n.dot\r\n..\r\nb\u00e9\0\n.\r\n\n.\r\n\rc\r\n");
            assertThat(message.reversePath()).isEqualTo("a@x.example");
            assertThat(message.mail()).endsWith("SIZE=100");
            assertThat(message.forwardPaths()).containsExactly("b@y.example", "c@y.example");
            assertThat(message.header("subject")).contains("one two");
            assertThat(message.tls()).isEmpty();
            assertThat(message.sha256()).hasSize(64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void securesASessionAndForgetsWhatWasBefore(String version) throws Exception {
        try (var peer = ScriptedSmtpServer.settings().start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("EHLO me.example");
            client.ask("MAIL FROM:<a@x.example>");
            assertThat(client.ask("STARTTLS")).startsWith("220");
            client.startTls(version);
            assertThat(client.ask("RCPT TO:<b@y.example>")).startsWith("503");
            assertThat(client.ask("EHLO me.example")).doesNotContain("STARTTLS");
            assertThat(client.ask("QUIT")).startsWith("221");

            RecordedSession session = peer.awaitEndedSessions(1, SOON).getFirst();
            assertThat(session.tls()).hasValueSatisfying(tls -> {
                assertThat(tls.version()).isEqualTo(version);
                assertThat(tls.serverName()).contains("mx.partner.example");
            });
            assertThat(session.failure()).isEmpty();
            assertThat(session.lines().getLast().channel()).isEqualTo(RecordedSession.Channel.TLS);
            assertThat(session.lines().getFirst().channel()).isEqualTo(RecordedSession.Channel.PLAIN);
        }
    }

    @Test
    void refusesTheHandshakeOfAVersionNotOffered() throws Exception {
        try (var peer = ScriptedSmtpServer.settings().tlsVersions("TLSv1.2").start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("EHLO me.example");
            client.ask("STARTTLS");

            assertThatThrownBy(() -> client.startTls("TLSv1.3")).isInstanceOf(IOException.class);

            assertThat(peer.awaitEndedSessions(1, SOON).getFirst().failure()).isPresent();
        }
    }

    @Test
    void offersNoStartTls() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .startTls(StartTlsBehaviour.NOT_OFFERED)
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            assertThat(client.ask("EHLO me.example")).doesNotContain("STARTTLS");
            assertThat(client.ask("STARTTLS")).startsWith("502");
        }
    }

    @Test
    void refusesStartTls() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .startTls(StartTlsBehaviour.REFUSED)
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            assertThat(client.ask("STARTTLS")).startsWith("454");
            assertThat(client.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void requiresStartTls() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .startTls(StartTlsBehaviour.REQUIRED)
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            assertThat(client.ask("MAIL FROM:<>")).startsWith("530");
            client.ask("STARTTLS");
            client.startTls("TLSv1.3");
            assertThat(client.ask("MAIL FROM:<>")).startsWith("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE", "CLOSED"})
    void breaksTheHandshake(StartTlsBehaviour behaviour) throws Exception {
        try (var peer = ScriptedSmtpServer.settings().startTls(behaviour).start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            assertThat(client.ask("STARTTLS")).startsWith("220");

            assertThatThrownBy(() -> client.startTls("TLSv1.3")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void injectsAPlainReplyBehindIts220() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .startTls(StartTlsBehaviour.INJECTED)
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            assertThat(client.ask("STARTTLS")).startsWith("220");
            assertThat(client.reply()).isEqualTo("250 injected.example");
        }
    }

    @Test
    void followsItsScript() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .refuse("bad@y.example", "550 5.1.1 no such user")
                        .on(Step.RCPT, "later@", Reaction.answer("451-4.3.0 later", "451 4.3.0 please"))
                        .first(1, Step.MAIL, Reaction.answer("421 4.3.2 busy"))
                        .on(Step.NOOP, Reaction.octets("not a reply\r\n"))
                        .on(Step.END_OF_DATA, Reaction.later(Duration.ofMillis(20), Reaction.answer("554 5.6.0 no")))
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("EHLO me.example");
            assertThat(client.ask("MAIL FROM:<>")).startsWith("421");
            assertThat(client.ask("MAIL FROM:<>")).startsWith("250");
            assertThat(client.ask("RCPT TO:<BAD@y.example>")).startsWith("550");
            assertThat(client.ask("RCPT TO:<later@y.example>")).isEqualTo("451-4.3.0 later|451 4.3.0 please");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("NOOP")).isEqualTo("not a reply");
            client.ask("RCPT TO:<good@y.example>");
            client.ask("DATA");
            assertThat(client.ask(".")).startsWith("554");

            assertThat(peer.accepted()).isEmpty();
            assertThat(peer.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.forwardPaths()).containsExactly("good@y.example"));
        }
    }

    @Test
    void closesInTheMiddleOfContent() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .on(Step.CONTENT, Reaction.closeAfter(3))
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("MAIL FROM:<>");
            client.ask("RCPT TO:<b@y.example>");
            client.ask("DATA");
            client.send("abc");

            assertThat(client.reply()).isEqualTo("closed");
            assertThat(peer.messages()).isEmpty();
        }
    }

    @Test
    void changesItsScriptWhileItRuns() throws Exception {
        try (var peer = ScriptedSmtpServer.settings().start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            peer.nowOn(Step.MAIL, "", Reaction.answer("451 4.3.0 no"));
            assertThat(client.ask("MAIL FROM:<>")).startsWith("451");
            peer.recover();
            assertThat(client.ask("MAIL FROM:<>")).startsWith("250");
        }
    }

    @Test
    void greetsWithAFailure() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .on(Step.BANNER, Reaction.answerAndClose("421 4.3.2 not now"))
                        .start();
                var client = new SimpleClient(peer.port())) {
            assertThat(client.reply()).startsWith("421");
            assertThat(client.reply()).isEqualTo("closed");
        }
    }

    @Test
    void staysSilentUntilItIsStopped() throws Exception {
        try (var peer = ScriptedSmtpServer.settings()
                        .on(Step.MAIL, Reaction.silence())
                        .start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.send("MAIL FROM:<>\r\nNOOP\r\n");
            Thread stopper = Thread.startVirtualThread(peer::close);

            assertThat(client.replyOrReset()).isEqualTo("closed");

            stopper.join();
        }
    }

    @Test
    void servesManyClientsAtOnceAndKeepsMessagesOnDisk(@TempDir Path directory) throws Exception {
        try (var peer = ScriptedSmtpServer.settings().keepMessagesIn(directory).start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> clients = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> deliver(peer.port(), i)))
                    .toList();
            for (Future<Void> client : clients) {
                client.get();
            }

            assertThat(peer.awaitMessages(40, SOON))
                    .extracting(RecordedMessage::text)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40)
                            .mapToObj(i -> "n: " + i + "\r\n")
                            .toList());
            try (var files = Files.list(directory)) {
                assertThat(files).hasSize(40);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "disk"})
    void keepsFiftyMegabytesExactly(String where, @TempDir Path directory) throws Exception {
        PeerSettings settings = ScriptedSmtpServer.settings();
        if (where.equals("disk")) {
            settings.keepMessagesIn(directory);
        }
        byte[] line = ("0123456789".repeat(7) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        int lines = 50_000_000 / line.length;
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        try (var peer = settings.start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("MAIL FROM:<a@x.example>");
            client.ask("RCPT TO:<b@y.example>");
            client.ask("DATA");
            String thousand = new String(line, StandardCharsets.US_ASCII).repeat(1000);
            for (int i = 0; i < lines / 1000; i++) {
                client.send(thousand);
                sent.update(thousand.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(client.ask(".")).startsWith("250");

            RecordedMessage message = peer.awaitMessages(1, SOON).getFirst();
            assertThat(message.octets()).isEqualTo((long) lines / 1000 * thousand.length());
            assertThat(message.sha256()).isEqualTo(HexFormat.of().formatHex(sent.digest()));
        }
    }

    @Test
    void saysWhatItSawInsteadOfWhatWasAwaited() throws Exception {
        try (var peer = ScriptedSmtpServer.settings().start();
                var client = new SimpleClient(peer.port())) {
            client.reply();
            client.ask("EHLO lost.example");

            assertThatThrownBy(() -> peer.awaitMessages(1, Duration.ofMillis(10)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("EHLO lost.example");
        }
    }

    private static Void deliver(int port, int number) throws IOException {
        try (var client = new SimpleClient(port)) {
            client.reply();
            client.ask("MAIL FROM:<a@x.example>");
            client.ask("RCPT TO:<b@y.example>");
            client.ask("DATA");
            client.ask("n: " + number + "\r\n.");
            return null;
        }
    }
}
