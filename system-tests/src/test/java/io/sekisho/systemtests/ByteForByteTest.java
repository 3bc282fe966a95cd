package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.outside.OutsideProgram;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives is what was sent but for one Received field; the clients are swaks and Postfix's smtp-source. */
@ExtendWith(SharedArena.class)
class ByteForByteTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 256 * 1024 - 400, 256 * 1024, 256 * 1024 + 1, 3_000_000, 50_000_000})
    void deliversWhatSwaksSent(int octets, Cluster cluster) throws Exception {
        OutsideProgram swaks = OutsideClients.assumeInstalled("swaks");
        String domain = "bytes-" + octets + ".example";
        byte[] sent = hostileMessage(octets);
        // swaks ends what it read with a CRLF of its own.
        Path file = Files.write(directory.resolve("message"), Arrays.copyOf(sent, sent.length - 2));
        try (ScriptedSmtpServer nextHop =
                ScriptedSmtpServer.settings().keepMessagesIn(directory).start()) {
            new ManagedDomains(cluster).register(domain, nextHop.port());
            send(swaks, cluster.smtpPort(), "box@" + domain, file);
            RecordedMessage arrived = nextHop.awaitMessages(1, PATIENCE).get(0);
            assertThat(Arrays.mismatch(withoutFirstReceivedField(arrived.bytes()), sent))
                    .as("the first octet that differs; -1: none")
                    .isEqualTo(-1);
        }
    }

    @Test
    void deliversWhatSmtpSourceSent(Cluster cluster) throws Exception {
        OutsideProgram smtpSource = OutsideClients.assumeInstalled("smtp-source");
        try (ScriptedSmtpServer nextHop = ScriptedSmtpServer.settings().start()) {
            new ManagedDomains(cluster).register("source.example", nextHop.port());
            int messages = 100;
            Outcome outcome = smtpSource.run(
                    PATIENCE,
                    "-s",
                    "10",
                    "-m",
                    Integer.toString(messages),
                    "-l",
                    "10240",
                    "-f",
                    "sender@partner.example",
                    "-t",
                    "box@source.example",
                    "127.0.0.1:" + cluster.smtpPort());
            assertThat(outcome.exitCode()).as("%s", outcome).isZero();
            // Its messages differ in Date and Message-Id only.
            String first = body(nextHop.awaitMessages(messages, PATIENCE).get(0));
            assertThat(first.length()).isGreaterThan(10_000);
            assertThat(nextHop.accepted())
                    .hasSize(messages)
                    .allSatisfy(message -> assertThat(body(message)).isEqualTo(first));
        }
    }

    private static void send(OutsideProgram swaks, int port, String recipient, Path file) {
        Outcome outcome = swaks.run(
                PATIENCE,
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--tls",
                "--from",
                "sender@partner.example",
                "--to",
                recipient,
                "--data",
                "@" + file,
                "--hide-all");
        assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    }

    /**
     * A header and lines of random octets, with dots where a dot hurts. Without CR, LF and NUL, and without backslash and per cent, by which
     * swaks understands other octets than those.
     */
    private static byte[] hostileMessage(int octets) throws IOException {
        Random random = new Random(octets);
        ByteArrayOutputStream message = new ByteArrayOutputStream(octets + 1_000);
        message.write(
                "From: <sender@partner.example>\r\nSubject: every octet\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        while (message.size() < octets) {
            int length = Math.min(random.nextInt(990), Math.max(0, octets - message.size() - 2));
            byte[] line = new byte[length];
            for (int i = 0; i < length; i++) {
                byte octet = (byte) random.nextInt(256);
                line[i] = "\0\r\n\\%".indexOf(octet) >= 0 ? (byte) '.' : octet;
            }
            if (length > 0 && random.nextInt(4) == 0) {
                line[0] = '.';
            }
            message.write(line);
            message.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return message.toByteArray();
    }

    private static String body(RecordedMessage message) {
        return message.text().split("\r\n\r\n", 2)[1];
    }

    private static byte[] withoutFirstReceivedField(byte[] arrived) {
        String head = new String(arrived, 0, Math.min(arrived.length, 2_000), StandardCharsets.ISO_8859_1);
        assertThat(head).startsWith("Received: ");
        int end = head.indexOf("\r\n");
        while (head.charAt(end + 2) == ' ' || head.charAt(end + 2) == '\t') {
            end = head.indexOf("\r\n", end + 2);
        }
        return Arrays.copyOfRange(arrived, end + 2, arrived.length);
    }
}
