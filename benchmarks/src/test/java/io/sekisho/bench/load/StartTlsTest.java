package io.sekisho.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTlsTest {

    private static final LoadMessage MESSAGE = LoadMessage.of("a@one.example", "b@two.example", 40_000);

    @Test
    void sendsWholeMessagesThroughTls() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.settings().start()) {
            new FixedCount(server.port(), SessionKind.STARTTLS, 2, MESSAGE).send(6);

            List<RecordedMessage> taken = server.awaitMessages(6, Duration.ofSeconds(5));
            assertThat(taken)
                    .allSatisfy(message -> assertThat(message.text() + ".\r\n")
                            .isEqualTo(new String(MESSAGE.content(), StandardCharsets.US_ASCII)));
            assertThat(server.awaitEndedSessions(2, Duration.ofSeconds(5)))
                    .allSatisfy(session -> assertThat(session.tls()).isPresent());
        }
    }

    @Test
    void saysWhatTheServerSaidWhereItHasNoTls() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.settings()
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start()) {
            assertThatThrownBy(() -> SmtpConnection.open(server.port(), SessionKind.STARTTLS))
                    .isInstanceOf(ServerRefusal.class)
                    .hasMessageContaining("expected 220");
        }
    }
}
