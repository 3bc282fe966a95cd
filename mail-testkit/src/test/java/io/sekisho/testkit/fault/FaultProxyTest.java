package io.sekisho.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.dialogue.Dialogue;
import io.sekisho.testkit.dialogue.DialogueRunner;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final String MESSAGE = """
            <- 220 *
            -> EHLO client.example
            <= 250
            -> MAIL FROM:<a@x.example>
            <= 250
            -> RCPT TO:<b@y.example>
            <= 250
            -> DATA
            <= 354
            *> 100000 0123456789
            => \\r\\n.\\r\\n
            <= 250
            """;

    private final ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start();
    private final FaultProxy proxy = FaultProxy.to(peer.host(), peer.port());

    @AfterEach
    void stop() {
        proxy.close();
        peer.close();
    }

    @Test
    void passesEverything() {
        run(MESSAGE);

        assertThat(peer.accepted())
                .singleElement()
                .satisfies(message -> assertThat(message.octets()).isEqualTo(1_000_002));
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void passesTls() {
        run("<= 220\n-> STARTTLS\n<= 220\nc tls\n-> NOOP\n<= 250");
    }

    @Test
    void hidesStartTls() {
        proxy.inject(new Fault.StripStartTls());

        run("<= 220\n-> EHLO client.example\n<= 250\nlacks STARTTLS\nhas STARTTLX\nhas SIZE *\n-> NOOP\n<= 250");
    }

    @Test
    void findsTheKeywordInPieces() {
        StartTlsStripper stripper = new StartTlsStripper();
        byte[] one = "250-SSTART".getBytes(StandardCharsets.US_ASCII);
        byte[] two = "TLS\r\n250 starttls\r\n".getBytes(StandardCharsets.US_ASCII);

        stripper.strip(one, one.length);
        stripper.strip(two, two.length);

        assertThat(new String(one, StandardCharsets.US_ASCII) + new String(two, StandardCharsets.US_ASCII))
                .isEqualTo("250-SSTARTTLX\r\n250 starttlX\r\n");
    }

    @Test
    void cutsAConnection() {
        proxy.inject(new Fault.CutAfter(Direction.TO_SERVER, 5_000));

        assertThatThrownBy(() -> run(MESSAGE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("closed");

        assertThat(peer.awaitEndedSessions(1, Duration.ofSeconds(10)).getFirst().failure())
                .isPresent();
        assertThat(peer.messages()).isEmpty();
    }

    @Test
    void stallsAConnection() {
        proxy.inject(new Fault.StallAfter(Direction.TO_CLIENT, 10));

        assertThatThrownBy(() -> run("<- 220 *", Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void refusesConnectionsAndRecovers() {
        proxy.inject(new Fault.Refuse());
        run("c closed");

        proxy.inject(new Fault.None());
        run("<- 220 *");
    }

    private void run(String text) {
        run(text, Duration.ofSeconds(20));
    }

    private void run(String text, Duration timeout) {
        DialogueRunner.against("127.0.0.1", proxy.port())
                .withTimeout(timeout)
                .run(Dialogue.parse("test", text, Map.of()));
    }
}
