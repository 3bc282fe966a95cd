package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConductTest {

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void closesAfterTooManyErrors() {
        assertThat(conversation.say("1", "2", "3", "4")).hasSize(4);

        assertThat(conversation.say("5", "NOOP"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("500"),
                        reply -> assertThat(reply).startsWith("421 4.7.0"));
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void countsAttemptsToRelayAsErrors() {
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 4; i++) {
            conversation.say("RCPT TO:<" + i + "@elsewhere.test>");
        }

        assertThat(conversation.say("RCPT TO:<5@elsewhere.test>"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("550 5.7.1"),
                        reply -> assertThat(reply).startsWith("421 4.7.0"));
    }

    @Test
    void doesNotCountWhatARecipientsPolicyRefuses() {
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 6; i++) {
            conversation.say("RCPT TO:<" + i + "@tls.test>");
        }

        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void countsRefusedRecipientsBeyondAllLimits() {
        conversation.say("MAIL FROM:<>");
        for (int i = 0; i < 11; i++) {
            conversation.say("RCPT TO:<" + i + "@tls.test>");
        }

        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void doesNotCountWhatFollowsARefusedMailInOneGroup() {
        conversation.say(
                "MAIL FROM:<> SIZE=2000",
                "RCPT TO:<1@managed.test>",
                "RCPT TO:<2@managed.test>",
                "RCPT TO:<3@managed.test>",
                "RCPT TO:<4@managed.test>",
                "RCPT TO:<5@managed.test>",
                "DATA");

        assertThat(conversation.isClosed()).isFalse();
    }

    @Test
    void forgivesWithAnAcceptedMessage() {
        conversation.say("1", "2", "3", "4");

        conversation.receiving().say("x", ".");

        assertThat(conversation.say("1", "2", "3", "4")).hasSize(4).noneMatch(reply -> reply.startsWith("421"));
    }

    @Test
    void endsWithAClientThatOnlyIdles() {
        int said = 0;
        while (!conversation.isClosed() && said < 1_000) {
            conversation.say("NOOP");
            said++;
        }

        assertThat(said).isEqualTo(Conduct.IDLE_COMMANDS_FREE - 1 + Conversation.LIMITS.errors());
    }

    @Test
    void tellsATimeOut() {
        conversation.tell(new SessionInput.TimedOut());

        assertThat(conversation.replies.getLast()).startsWith("421 4.4.2");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void forgetsContentAtATimeOut() {
        conversation.receiving().tell(new SessionInput.TimedOut());

        assertThat(conversation.dropped).isEqualTo(1);
        assertThat(conversation.replies.getLast()).startsWith("421 4.4.2");
    }
}
