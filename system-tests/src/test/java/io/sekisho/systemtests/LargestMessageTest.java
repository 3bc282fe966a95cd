package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The largest message that can be configured, 150 MB, goes through an ingress of the ordinary size of memory. */
@ExtendWith(SharedArena.class)
class LargestMessageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    // smtp-source adds a little of its own.
    private static final int OCTETS = 150 * 1024 * 1024 - 1_024;
    private static final int LINE = 76;
    private static final String SUBJECT = "Subject: large";

    @TempDir
    Path directory;

    @Test
    void goesThroughWhole(Cluster cluster) throws Exception {
        byte[] message = message();
        // smtp-source ends each line of the file with CRLF.
        Path file = Files.writeString(
                directory.resolve("message"),
                new String(message, StandardCharsets.US_ASCII).replace("\r\n", "\n"),
                StandardCharsets.US_ASCII);
        try (Cluster ingress = AnotherIngress.beside(cluster, directory, Map.of("sekisho.smtp.size-limit", "150M"));
                ScriptedSmtpServer nextHop = ScriptedSmtpServer.settings()
                        .keepMessagesIn(directory)
                        .keywords("PIPELINING", "SIZE 200000000", "8BITMIME")
                        .start()) {
            new ManagedDomains(cluster).register("largest.example", nextHop.port());

            Outcome outcome = OutsideClients.assumeInstalled("smtp-source")
                    .run(
                            PATIENCE,
                            "-F",
                            file.toString(),
                            "-f",
                            "sender@partner.example",
                            "-t",
                            "box@largest.example",
                            "127.0.0.1:" + ingress.smtpPort());

            assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
            RecordedMessage arrived = nextHop.awaitMessages(1, PATIENCE).getFirst();
            byte[] octets = arrived.bytes();
            int begin = new String(octets, 0, 4_096, StandardCharsets.US_ASCII).indexOf(SUBJECT);
            assertThat(Arrays.mismatch(octets, begin, begin + message.length, message, 0, message.length))
                    .as("the first octet that differs; -1: none")
                    .isEqualTo(-1);
        }
    }

    /** Lines of text, nearly as large as the limit in all. */
    private static byte[] message() {
        byte[] message = new byte[OCTETS];
        new Random(OCTETS).nextBytes(message);
        byte[] header = (SUBJECT + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, message, 0, header.length);
        for (int at = header.length; at < message.length; at++) {
            message[at] = (byte) ('a' + (message[at] & 15));
        }
        for (int at = header.length + LINE; at + 2 <= message.length - 2; at += LINE + 2) {
            message[at] = '\r';
            message[at + 1] = '\n';
        }
        message[message.length - 2] = '\r';
        message[message.length - 1] = '\n';
        return message;
    }
}
