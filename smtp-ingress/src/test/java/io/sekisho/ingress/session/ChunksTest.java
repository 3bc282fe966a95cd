package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BDAT (RFC 3030 §2). */
class ChunksTest {

    private static final String EVIL = "MAIL FROM:<evil@managed.test>\r\n";

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void takesAMessageInChunks() {
        transacting();

        assertThat(conversation.sayOctets(
                        "BDAT 12\r\nSubject: hel" + "BDAT 0\r\n" + "BDAT 10 LAST\r\nlo\r\n\r\n.x\r\n"))
                .satisfiesExactly(
                        reply -> assertThat(reply).isEqualTo("250 2.0.0 12 octets received"),
                        reply -> assertThat(reply).isEqualTo("250 2.0.0 0 octets received"),
                        reply -> assertThat(reply).startsWith("250 2.0.0 OK queued as "));
        assertThat(conversation.contentText()).startsWith("Received: ").endsWith("\r\nSubject: hello\r\n\r\n.x\r\n");
        assertThat(conversation.stored).singleElement().satisfies(envelope -> {
            assertThat(envelope.subject()).contains("hello");
            assertThat(envelope.size()).isEqualTo(conversation.content.size());
        });
        assertThat(conversation.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.RECEIVED, EventKind.QUEUED);
    }

    @Test
    void takesWhatLooksLikeTheEndOfDataForContent() {
        transacting();
        String content = "x\r\n.\r\n" + EVIL + "..\r\n";

        assertThat(conversation.sayOctets("BDAT " + content.length() + " LAST\r\n" + content + "NOOP\r\n"))
                .hasSize(2);
        assertThat(conversation.contentText()).endsWith("\r\n" + content);
    }

    @Test
    void endsALastLineThatHasNoEnd() {
        transacting();

        conversation.sayOctets("BDAT 1 LAST\r\nx");

        assertThat(conversation.contentText()).endsWith("\r\nx\r\n");
        assertThat(conversation.stored.getFirst().size()).isEqualTo(conversation.content.size());
    }

    @Test
    void endsALastLineAlsoBehindAnEmptyLastChunk() {
        transacting();

        conversation.sayOctets("BDAT 1\r\nx" + "BDAT 0 LAST\r\n");

        assertThat(conversation.contentText()).endsWith("\r\nx\r\n");
    }

    @Test
    void takesAMessageOfNothing() {
        transacting();

        assertThat(conversation.last("BDAT 0 LAST")).startsWith("250 2.0.0 OK queued");
        assertThat(conversation.stored.getFirst().size()).isEqualTo(conversation.content.size());
    }

    @Test
    void takesACrlfThatTheEndOfAChunkCuts() {
        transacting();

        assertThat(conversation.sayOctets("BDAT 2\r\nx\rBDAT 1 LAST\r\n\n").getLast())
                .startsWith("250");
        assertThat(conversation.contentText()).endsWith("\r\nx\r\n");
    }

    @Test
    void readsAChunkWithoutATransactionBeforeItSays503() {
        Conversation fresh = new Conversation();

        assertThat(fresh.sayOctets(chunk(EVIL, " LAST"))).containsExactly("503 5.5.1 Send EHLO or HELO first");
        fresh.greeted();
        assertThat(fresh.sayOctets(chunk(EVIL, " LAST"))).containsExactly("503 5.5.1 Send MAIL first");
        fresh.say("MAIL FROM:<a@sender.test>");
        assertThat(fresh.sayOctets(chunk(EVIL, " LAST"))).containsExactly("503 5.5.1 Send RCPT first");
        fresh.say("RCPT TO:<a@tls.test>");
        assertThat(fresh.sayOctets(chunk(EVIL, ""))).containsExactly("554 5.5.1 No valid recipients");
        assertThat(fresh.last("NOOP")).startsWith("250");
        assertThat(fresh.stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA", "RCPT TO:<c@managed.test>", "MAIL FROM:<>"})
    void refusesWhatDoesNotBelongBetweenChunksAndGoesOn(String command) {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        assertThat(conversation.last(command)).startsWith("503 5.5.1");
        assertThat(conversation.sayOctets("BDAT 0 LAST\r\n").getLast()).startsWith("250 2.0.0 OK queued");
        assertThat(conversation.stored.getFirst().recipients()).hasSize(1);
    }

    @Test
    void neverMixesDataIntoChunks() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        assertThat(conversation.sayOctets("DATA\r\n" + EVIL)).hasSize(1);
        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.dropped).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "EHLO again.test", "HELO again.test", "STARTTLS", "QUIT"})
    void forgetsChunksBy(String command) {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        conversation.say(command);

        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.sayOctets("BDAT 0 LAST\r\n")).noneMatch(reply -> reply.startsWith("250"));
        assertThat(conversation.stored).isEmpty();
    }

    @Test
    void goesOnWithoutTheChunksWhereTlsCannotBegin() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");
        conversation.answers = effect -> effect instanceof Effect.StartTls
                ? new SessionInput.TlsUnavailable("no key")
                : Conversation.wellAnswered(effect);

        assertThat(conversation.last("STARTTLS")).startsWith("454");
        assertThat(conversation.last("BDAT 0 LAST")).startsWith("503 5.5.1 Send MAIL first");
    }

    @Test
    void forgetsChunksWhoseClientGoesAway() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        conversation.tell(new SessionInput.Disconnected());

        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void forgetsChunksAtATimeOutInOneAndBetweenTwo() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx");
        conversation.tell(new SessionInput.TimedOut());
        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.replies.getLast()).startsWith("421 4.4.2");

        Conversation other = new Conversation().greeted();
        other.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>");
        other.sayOctets("BDAT 3\r\nx\r\n");
        other.tell(new SessionInput.TimedOut());
        assertThat(other.dropped).isEqualTo(1);
        assertThat(other.replies.getLast()).startsWith("421 4.4.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n.\n", "\r.\r", "x\r\n.\n", "x\n.\r\n", "x\r\n.\r"})
    void refusesBareLineEndsAndGoesOn(String octets) {
        transacting();

        assertThat(conversation.sayOctets(chunk(octets + EVIL, " LAST") + "NOOP\r\n"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("550 5.6.11"),
                        reply -> assertThat(reply).startsWith("250 2.0.0"));
        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.REJECTED);
    }

    @Test
    void refusesACrAtTheVeryEnd() {
        transacting();

        assertThat(conversation.sayOctets("BDAT 2\r\nx\rBDAT 0 LAST\r\n").getLast())
                .startsWith("550 5.6.11");
        assertThat(conversation.stored).isEmpty();
    }

    @Test
    void answersThePipelinedRestOfARefusedMessageAlike() {
        transacting();
        String pipelined = chunk("x\ny", "") + chunk(EVIL, "") + chunk("z\r\n", " LAST") + "MAIL FROM:<>\r\n";

        assertThat(conversation.sayOctets(pipelined))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("550 5.6.11"),
                        reply -> assertThat(reply).startsWith("550 5.6.11"),
                        reply -> assertThat(reply).startsWith("550 5.6.11"),
                        reply -> assertThat(reply).startsWith("250 2.1.0"));
        assertThat(conversation.events).hasSize(1);
    }

    @Test
    void beginsAnewBehindARefusedChunk() {
        transacting();
        conversation.sayOctets(chunk("x\ny", ""));

        assertThat(conversation.last("MAIL FROM:<a@sender.test>")).startsWith("250 2.1.0");
    }

    @Test
    void refusesWhatIsTooLargeInOneChunkOrInSeveral() {
        transacting();
        assertThat(conversation.sayOctets(chunk("x".repeat(1_001), " LAST")))
                .singleElement()
                .asString()
                .startsWith("552 5.3.4");

        transacting();
        assertThat(conversation
                        .sayOctets(chunk("x".repeat(998) + "\r\n", "") + chunk("y", " LAST"))
                        .getLast())
                .startsWith("552 5.3.4");
        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.events)
                .extracting(event -> event.blockReason().orElseThrow())
                .containsExactly(BlockReason.MESSAGE_TOO_LARGE, BlockReason.MESSAGE_TOO_LARGE);
        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void takesAMessageOfExactlyTheLimit() {
        transacting();

        assertThat(conversation
                        .sayOctets(chunk("x".repeat(998) + "\r\n", "") + "BDAT 0 LAST\r\n")
                        .getLast())
                .startsWith("250 2.0.0 OK queued");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "9223372036854775807", "10000000000"})
    void stopsReadingAChunkWithoutAnEnd(String size) {
        transacting();
        conversation.sayOctets("BDAT " + size + " LAST\r\n");
        String block = "x".repeat(1024 * 1024);

        int blocks = 0;
        while (!conversation.isClosed() && blocks++ < 300) {
            conversation.sayOctets(block);
        }

        assertThat(blocks).isBetween(250, 260);
        assertThat(conversation.replies.getLast()).startsWith("552 5.3.4");
    }

    @Test
    void answers451BehindTheChunkWhereTheQueueTakesNothing() {
        conversation.answers = effect -> effect instanceof Effect.OpenContent
                ? new SessionInput.ContentUnavailable(SessionInput.Shortage.QUEUE, "down")
                : Conversation.wellAnswered(effect);
        transacting();

        assertThat(conversation.sayOctets(chunk(EVIL, "") + chunk(EVIL, " LAST")))
                .hasSize(2)
                .allMatch(reply -> reply.startsWith("451 4.3.0"));
        assertThat(conversation.events).isEmpty();
    }

    @Test
    void answers451ToTheNextChunkWhereTheQueueBrokeBetweenTwo() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        conversation.tell(new SessionInput.ContentUnavailable(SessionInput.Shortage.QUEUE, "down"));

        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.sayOctets(chunk(EVIL, " LAST")))
                .singleElement()
                .asString()
                .startsWith("451 4.3.0");
        assertThat(conversation.last("MAIL FROM:<>")).startsWith("250");
    }

    @Test
    void refusesAMessageThatLoops() {
        Conversation looping = new Conversation(
                        new SessionLimits(100_000, 3, 1024 * 1024, 5, 100), StartTlsOffer.toEverybody())
                .greeted();
        looping.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>");

        assertThat(looping.sayOctets(chunk("Received: by x\r\n".repeat(100), " LAST"))
                        .getLast())
                .startsWith("554 5.4.6");
        assertThat(looping.dropped).isEqualTo(1);
    }

    @Test
    void endsWithAClientThatSendsNothingButEmptyChunks() {
        transacting();

        int said = 0;
        while (!conversation.isClosed() && said < 1_000) {
            conversation.say("BDAT 0");
            said++;
        }

        assertThat(said).isLessThan(Conduct.IDLE_COMMANDS_FREE + 2 * Conversation.LIMITS.errors());
        assertThat(conversation.dropped).isEqualTo(1);
    }

    @Test
    void letsAMessageInChunksEndWhileTheServiceGoesDown() {
        transacting();
        conversation.sayOctets("BDAT 3\r\nx\r\n");

        conversation.tell(new SessionInput.Draining());

        assertThat(conversation.sayOctets("BDAT 0 LAST\r\n"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250 2.0.0 OK queued"),
                        reply -> assertThat(reply).startsWith("421 4.3.2"));
    }

    private void transacting() {
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>");
    }

    private static String chunk(String octets, String last) {
        return "BDAT " + octets.length() + last + "\r\n" + octets;
    }
}
