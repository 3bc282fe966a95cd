package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private final Conversation conversation = new Conversation().receiving();

    @Test
    void refusesAMessageThatIsTooLargeBehindItsEndAndGoesOn() {
        assertThat(conversation.say("x".repeat(1_000))).isEmpty();

        assertThat(conversation.last(".")).isEqualTo("552 5.3.4 Message is larger than the limit of 1000 octets");
        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.REJECTED);
        assertThat(conversation.events.getFirst().blockReason()).contains(BlockReason.MESSAGE_TOO_LARGE);
        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void takesAMessageOfExactlyTheLimit() {
        assertThat(conversation.last("x".repeat(998), ".")).startsWith("250 2.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n.\n", "\r.\r", "x\r\n.\n", "x\n.\r\n", "x\r.\r\n", "x\r\n.\r"})
    void refusesBareLineEndsBehindTheTrueEndAndCloses(String octets) {
        String smuggled = "MAIL FROM:<evil@managed.test>\r\nRCPT TO:<b@managed.test>\r\nDATA\r\nevil\r\n";

        assertThat(conversation.sayOctets(octets + smuggled)).isEmpty();
        assertThat(conversation.sayOctets("\r\n.\r\nNOOP\r\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("550 5.6.11");
        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.REJECTED);
    }

    @Test
    void closesAlsoWhereABareLineEndFollowsAnotherFault() {
        conversation.say("x".repeat(1_000));

        assertThat(conversation.sayOctets("a\nb\r\n.\r\n").getFirst()).startsWith("552 5.3.4");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void stopsReadingAMessageThatDoesNotEnd() {
        String block = "x".repeat(1024 * 1024) + "\r\n";

        int blocks = 0;
        while (!conversation.isClosed() && blocks++ < 300) {
            conversation.sayOctets(block);
        }

        assertThat(blocks).isBetween(250, 260);
        assertThat(conversation.replies.getLast()).startsWith("552 5.3.4");
    }

    @Test
    void refusesAMessageThatLoops() {
        Conversation looping = new Conversation(
                        new SessionLimits(100_000, 3, 1024 * 1024, 5, 100), StartTlsOffer.toEverybody())
                .receiving();

        assertThat(looping.last("Received: by x\r\n".repeat(100), "x", ".")).startsWith("554 5.4.6");
        assertThat(looping.stored).isEmpty();
        assertThat(looping.dropped).isEqualTo(1);
        assertThat(looping.events).extracting(MailEvent::kind).containsExactly(EventKind.REJECTED);
    }

    @Test
    void takesAMessageThatHasPassedNinetyNineHosts() {
        Conversation far = new Conversation(
                        new SessionLimits(100_000, 3, 1024 * 1024, 5, 100), StartTlsOffer.toEverybody())
                .receiving();

        assertThat(far.last("Received: by x\r\n".repeat(98) + "Received: by x", "", "Received: in the body", "."))
                .startsWith("250");
    }

    @Test
    void answers451WhereTheQueueDoesNotTakeTheMessage() {
        conversation.answers = effect -> effect instanceof Effect.Store
                ? new SessionInput.NotStored("no acknowledgement")
                : Conversation.wellAnswered(effect);

        assertThat(conversation.last("x", ".")).startsWith("451 4.3.0");
        assertThat(conversation.events).isEmpty();
        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void answersDataWith451WhereTheQueueTakesNothing() {
        Conversation full = new Conversation().greeted();
        full.answers = effect -> effect instanceof Effect.OpenContent
                ? new SessionInput.ContentUnavailable(SessionInput.Shortage.QUEUE, "down")
                : Conversation.wellAnswered(effect);

        assertThat(full.last("MAIL FROM:<>", "RCPT TO:<b@managed.test>", "DATA"))
                .startsWith("451 4.3.0");
        assertThat(full.last("NOOP")).startsWith("250");
    }

    @Test
    void closesWhereContentWasSentBehindARefusedData() {
        Conversation full = new Conversation().greeted();
        full.answers = effect -> effect instanceof Effect.OpenContent
                ? new SessionInput.ContentUnavailable(SessionInput.Shortage.QUEUE, "down")
                : Conversation.wellAnswered(effect);

        full.say("MAIL FROM:<>", "RCPT TO:<b@managed.test>", "DATA", "MAIL FROM:<evil@managed.test>", ".");

        assertThat(full.replies.getLast()).startsWith("451 4.3.0");
        assertThat(full.isClosed()).isTrue();
    }

    @Test
    void answers452BehindTheEndWhereMemoryRunsOut() {
        conversation.tell(new SessionInput.ContentUnavailable(SessionInput.Shortage.MEMORY, "full"));

        assertThat(conversation.say("x")).isEmpty();
        assertThat(conversation.last(".")).startsWith("452 4.3.1");
        assertThat(conversation.dropped).isEqualTo(1);
    }

    @Test
    void saysWhatTheContentIsWhateverWasDeclared() {
        conversation.sayOctets("gr\u00fc\u00dfe\r\n.\r\n");

        assertThat(conversation.stored.getFirst().body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
    }

    @Test
    void passesLongLinesAndNulsOnUnchanged() {
        conversation.sayOctets("y\0z" + "x".repeat(990) + "long\r\n.\r\n");

        assertThat(conversation.contentText()).contains("y\0z" + "x".repeat(990) + "long\r\n");
    }

    @Test
    void forgetsAMessageWhoseClientGoesAway() {
        conversation.say("half a message");

        conversation.tell(new SessionInput.Disconnected());

        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void tellsAQueuedMessageThoughItsClientHasGone() {
        conversation.answers = effect -> null;
        conversation.say("x", ".");

        conversation.tell(new SessionInput.Disconnected());
        conversation.tell(new SessionInput.Stored());

        assertThat(conversation.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.RECEIVED, EventKind.QUEUED);
    }
}
