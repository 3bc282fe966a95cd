package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a client's octets are cut into pieces, the session says and does the same. */
class EverySplitTest {

    private static final byte[] SESSION = String.join(
                    "\r\n",
                    "EHLO client.test",
                    "MAIL FROM:<a@sender.test> SIZE=100",
                    "RCPT TO:<b@managed.test>",
                    "RCPT TO:<c@tls.test>",
                    "RCPT TO:<d@elsewhere.test>",
                    "DATA",
                    "Subject: a",
                    "  folded subject",
                    "Message-ID: <1@sender.test>",
                    "",
                    "..dot",
                    ".x",
                    "...",
                    "",
                    ".",
                    "NO\0OP",
                    "NOOP " + "x".repeat(1_300),
                    "MAIL FROM:<>",
                    "RCPT TO:<b@managed.test>",
                    "DATA",
                    "x".repeat(1_100),
                    ".",
                    "RSET",
                    "MAIL FROM:<a@sender.test>",
                    "RCPT TO:<b@managed.test>",
                    "DATA",
                    "Received: by x",
                    "",
                    "body with a\nbare line feed",
                    ".\n.",
                    "",
                    ".",
                    "NOOP",
                    "")
            .getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] CHUNKS = String.join(
                    "\r\n",
                    "EHLO client.test",
                    "BDAT 8 LAST",
                    "NOOP x\r\nMAIL FROM:<a@sender.test>",
                    "RCPT TO:<b@managed.test>",
                    "BDAT 16",
                    "Subject: a\r\n  foBDAT 0",
                    "BDAT 6",
                    "lded\r\nBDAT 9",
                    "\r\n.\r\n..xyBDAT 0 LAST",
                    "MAIL FROM:<>",
                    "RCPT TO:<b@managed.test>",
                    "BDAT 3",
                    "x\r\nRSET",
                    "MAIL FROM:<>",
                    "RCPT TO:<b@managed.test>",
                    "BDAT 3",
                    "a\nbBDAT 6",
                    "RSET\r\nBDAT 3 LAST",
                    "c\r\nMAIL FROM:<a@sender.test>",
                    "RCPT TO:<b@managed.test>",
                    "BDAT 1001 LAST",
                    "x".repeat(1_001) + "NOOP",
                    "BDAT 1",
                    "xQUIT",
                    "")
            .getBytes(StandardCharsets.ISO_8859_1);

    static Stream<byte[]> sessions() {
        return Stream.of(SESSION, CHUNKS);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void saysTheSameForEverySplitInTwo(byte[] session) {
        List<String> whole = transcript(session, session.length);

        for (int at = 1; at < session.length; at++) {
            Conversation conversation = new Conversation();
            conversation.send(ByteBuffer.wrap(session, 0, at).slice());
            conversation.send(ByteBuffer.wrap(session, at, session.length - at).slice());
            assertThat(conversation.transcript).as("split at %d", at).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void saysTheSameForPiecesOfEverySize(byte[] session) {
        List<String> whole = transcript(session, session.length);

        for (int size = 1; size < 200; size++) {
            assertThat(transcript(session, size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void saysTheSameForRandomPieces(byte[] session) {
        List<String> whole = transcript(session, session.length);
        Random random = new Random(20261124);

        for (int round = 0; round < 500; round++) {
            Conversation conversation = new Conversation();
            ByteBuffer rest = ByteBuffer.wrap(session);
            while (rest.hasRemaining()) {
                int size = Math.min(rest.remaining(), 1 + random.nextInt(90));
                ByteBuffer piece = rest.slice(rest.position(), size);
                rest.position(rest.position() + size);
                conversation.send(piece);
            }
            assertThat(conversation.transcript).as("round %d", round).isEqualTo(whole);
        }
    }

    @Test
    void saysWhatItMust() {
        Conversation conversation = new Conversation();

        conversation.send(ByteBuffer.wrap(SESSION));

        assertThat(conversation.replies)
                .extracting(reply -> reply.substring(0, 3))
                .containsExactly(
                        "220", "250", "250", "250", "550", "550", "354", "250", "500", "500", "250", "250", "354",
                        "552", "250", "250", "250", "354", "550");
    }

    @Test
    void saysWhatItMustToChunks() {
        Conversation conversation = new Conversation();

        conversation.send(ByteBuffer.wrap(CHUNKS));

        assertThat(conversation.replies)
                .extracting(reply -> reply.substring(0, 3))
                .containsExactly(
                        "220", "250", "503", "250", "250", "250", "250", "250", "250", "250", "250", "250", "250",
                        "250", "250", "250", "550", "550", "550", "250", "250", "552", "250", "503", "221");
        assertThat(conversation.stored).hasSize(1);
    }

    private static List<String> transcript(byte[] session, int size) {
        Conversation conversation = new Conversation();
        for (int at = 0; at < session.length; at += size) {
            conversation.send(ByteBuffer.wrap(session, at, Math.min(size, session.length - at))
                    .slice());
        }
        return conversation.transcript;
    }
}
