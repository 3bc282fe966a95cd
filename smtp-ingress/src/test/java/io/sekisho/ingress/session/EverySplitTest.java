package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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

    @Test
    void saysTheSameForEverySplitInTwo() {
        List<String> whole = transcript(SESSION.length);

        for (int at = 1; at < SESSION.length; at++) {
            Conversation conversation = new Conversation();
            conversation.send(ByteBuffer.wrap(SESSION, 0, at).slice());
            conversation.send(ByteBuffer.wrap(SESSION, at, SESSION.length - at).slice());
            assertThat(conversation.transcript).as("split at %d", at).isEqualTo(whole);
        }
    }

    @Test
    void saysTheSameForPiecesOfEverySize() {
        List<String> whole = transcript(SESSION.length);

        for (int size = 1; size < 200; size++) {
            assertThat(transcript(size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void saysTheSameForRandomPieces() {
        List<String> whole = transcript(SESSION.length);
        Random random = new Random(20261124);

        for (int round = 0; round < 500; round++) {
            Conversation conversation = new Conversation();
            ByteBuffer rest = ByteBuffer.wrap(SESSION);
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

    private static List<String> transcript(int size) {
        Conversation conversation = new Conversation();
        for (int at = 0; at < SESSION.length; at += size) {
            conversation.send(ByteBuffer.wrap(SESSION, at, Math.min(size, SESSION.length - at))
                    .slice());
        }
        return conversation.transcript;
    }
}
