package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import org.junit.jupiter.api.Test;

class RecipientsTest {

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void refusesOneRecipientAndKeepsTheOther() {
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@tls.test>", "RCPT TO:<b@managed.test>");

        assertThat(conversation.last("DATA", "x", ".")).startsWith("250 2.0.0");
        assertThat(conversation.stored.getFirst().recipients())
                .extracting(recipient -> recipient.forwardPath())
                .containsExactly("b@managed.test");
    }

    @Test
    void tellsEveryRefusedRecipient() {
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@tls.test>", "RCPT TO:<c@tls.test>");

        assertThat(conversation.events).extracting(MailEvent::kind).containsOnly(EventKind.REJECTED);
        assertThat(conversation.events)
                .extracting(event -> event.message().orElseThrow().recipient())
                .containsExactly("b@tls.test", "c@tls.test");
        MailEvent first = conversation.events.getFirst();
        assertThat(first.blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(first.reply().orElseThrow().enhancedStatus()).contains("5.7.10");
        assertThat(first.policy().orElseThrow().ruleIds()).containsExactly("rule-1");
        assertThat(first.message().orElseThrow().upstream().helo()).contains("client.test");
        assertThat(first.message().orElseThrow().receivedAt()).isEqualTo(Conversation.NOON);
    }

    @Test
    void holdsTheReplyBackUntilTheEventIsWritten() {
        conversation.answers = effect -> null;

        assertThat(conversation.say("MAIL FROM:<>", "RCPT TO:<b@tls.test>", "NOOP"))
                .hasSize(1);
        assertThat(conversation.isWaiting()).isTrue();
        conversation.tell(new SessionInput.Recorded());
        assertThat(conversation.replies.getLast()).startsWith("550 5.7.10");
    }

    @Test
    void tellsReceivedAndQueuedForEachRecipient() {
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "RCPT TO:<c@managed.test>");

        conversation.say("DATA", "Subject: two", "Message-ID: <1@sender.test>", "", "x", ".");

        assertThat(conversation.events)
                .extracting(event ->
                        event.kind() + " " + event.message().orElseThrow().recipient())
                .containsExactly(
                        "RECEIVED b@managed.test", "QUEUED b@managed.test",
                        "RECEIVED c@managed.test", "QUEUED c@managed.test");
        MailEvent queued = conversation.events.getLast();
        assertThat(queued.message().orElseThrow().subject()).contains("two");
        assertThat(queued.message().orElseThrow().messageId()).contains("<1@sender.test>");
        assertThat(queued.message().orElseThrow().size()).isEqualTo(conversation.content.size());
        assertThat(queued.reply().orElseThrow().code()).isEqualTo(250);
    }

    @Test
    void doesNotShowSeveralRecipientsInTheReceivedField() {
        conversation.say("MAIL FROM:<>", "RCPT TO:<b@managed.test>", "RCPT TO:<c@managed.test>", "DATA", "x", ".");

        assertThat(conversation.contentText()).startsWith("Received: ").doesNotContain("for <");
    }

    @Test
    void answersBeyondTheLimitOfRecipientsWith452AndTakesTheMessageForTheOthers() {
        conversation.say("MAIL FROM:<>", "RCPT TO:<1@managed.test>", "RCPT TO:<2@managed.test>");

        assertThat(conversation.say("RCPT TO:<3@managed.test>", "RCPT TO:<4@managed.test>"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250"),
                        reply -> assertThat(reply).startsWith("452 4.5.3"));
        assertThat(conversation.events.getLast().blockReason()).isEmpty();
        assertThat(conversation.last("DATA", "x", ".")).startsWith("250");
        assertThat(conversation.stored.getFirst().recipients()).hasSize(3);
    }

    @Test
    void answersBeyondTheLimitOfTheEnvelopeWith452() {
        SessionLimits tight = new SessionLimits(1_000, 1_000, Transaction.ENVELOPE_REST_OCTETS + 250, 20, 100);
        Conversation small = new Conversation(tight, StartTlsOffer.toEverybody()).greeted();

        small.say("MAIL FROM:<>", "RCPT TO:<1@managed.test>", "RCPT TO:<2@managed.test>");

        assertThat(small.last("RCPT TO:<3@managed.test>")).startsWith("452 4.5.3");
    }

    @Test
    void takesARecipientNamedTwiceOnce() {
        conversation.say("MAIL FROM:<>", "RCPT TO:<b@managed.test>", "RCPT TO:<b@MANAGED.test>", "DATA", "x", ".");

        assertThat(conversation.stored.getFirst().recipients()).hasSize(1);
    }

    @Test
    void takesTheSourceRouteOff() {
        conversation.say("MAIL FROM:<@x.test:a@sender.test>", "RCPT TO:<@y.test:b@managed.test>", "DATA", "x", ".");

        assertThat(conversation.stored.getFirst().reversePath()).isEqualTo("a@sender.test");
        assertThat(conversation.stored.getFirst().recipients().getFirst().forwardPath())
                .isEqualTo("b@managed.test");
    }
}
