package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainingTest {

    private final Conversation conversation = new Conversation();

    @Test
    void endsAnIdleSession() {
        conversation.greeted().tell(new SessionInput.Draining());

        assertThat(conversation.replies.getLast()).startsWith("421 4.3.2");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void letsATransactionEndAndTakesNoOther() {
        conversation.greeted().say("MAIL FROM:<>", "RCPT TO:<b@managed.test>");

        conversation.tell(new SessionInput.Draining());

        assertThat(conversation.say("DATA", "x", ".", "MAIL FROM:<>"))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("354"),
                        reply -> assertThat(reply).startsWith("250 2.0.0"),
                        reply -> assertThat(reply).startsWith("421 4.3.2"));
    }

    @Test
    void letsContentEnd() {
        conversation.receiving().tell(new SessionInput.Draining());

        assertThat(conversation.say("x", "."))
                .satisfiesExactly(
                        reply -> assertThat(reply).startsWith("250 2.0.0"),
                        reply -> assertThat(reply).startsWith("421 4.3.2"));
    }

    @Test
    void endsWhereATransactionIsGivenUp() {
        conversation.greeted().say("MAIL FROM:<>");
        conversation.tell(new SessionInput.Draining());

        assertThat(conversation.last("RSET")).startsWith("421 4.3.2");
    }
}
