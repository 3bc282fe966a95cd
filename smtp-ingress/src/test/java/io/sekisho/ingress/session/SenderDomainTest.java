package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DNS says of a stranger's domain. */
class SenderDomainTest {

    private final Conversation conversation = Conversation.checkingSenders().greeted();

    @ParameterizedTest
    @CsvSource({"TAKES_MAIL, 250 2.1.5", "UNKNOWN, 250 2.1.5", "DOES_NOT_EXIST, 550 5.1.8", "TAKES_NO_MAIL, 550 5.7.27"
    })
    void answersRcptByIt(SenderDomain domain, String reply) {
        dnsSays(domain);

        assertThat(conversation.last("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>"))
                .startsWith(reply);
        assertThat(conversation.transcript).contains("check sender.test");
    }

    @Test
    void tellsEachRefusedRecipientAndAsksOnce() {
        dnsSays(SenderDomain.DOES_NOT_EXIST);

        conversation.say(
                "MAIL FROM:<a@sender.test>",
                "RCPT TO:<b@managed.test>",
                "RCPT TO:<c@managed.test>",
                "RCPT TO:<d@tls.test>");

        assertThat(conversation.events)
                .extracting(MailEvent::kind)
                .containsOnly(EventKind.REJECTED)
                .hasSize(3);
        assertThat(conversation.events.get(1).blockReason()).contains(BlockReason.SENDER_REFUSED);
        assertThat(conversation.events.get(2).blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(conversation.transcript)
                .filteredOn(line -> line.startsWith("check"))
                .hasSize(1);
        assertThat(conversation.last("DATA")).startsWith("554 5.5.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<>,RCPT TO:<b@managed.test>",
                "MAIL FROM:<a@[192.0.2.1]>,RCPT TO:<b@managed.test>",
                "MAIL FROM:<a@sender.test>,RCPT TO:<b@authorised.test>",
                "MAIL FROM:<a@sender.test>,RCPT TO:<b@tls.test>"
            })
    void asksNothingOfWhatNeedsNoAnswer(String commands) {
        conversation.say(commands.split(","));

        assertThat(conversation.transcript).noneMatch(line -> line.startsWith("check"));
    }

    @Test
    void asksAnewForTheNextMessage() {
        dnsSays(SenderDomain.DOES_NOT_EXIST);
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "RSET");
        dnsSays(SenderDomain.TAKES_MAIL);

        assertThat(conversation.last("MAIL FROM:<a@other.test>", "RCPT TO:<b@managed.test>"))
                .startsWith("250");
        assertThat(conversation.transcript).contains("check other.test");
    }

    @Test
    void readsNothingWhileItWaits() {
        conversation.answers = effect -> null;

        assertThat(conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "NOOP"))
                .hasSize(1);
        assertThat(conversation.isWaiting()).isTrue();
        conversation.tell(new SessionInput.Draining());
        conversation.tell(new SessionInput.SenderChecked(SenderDomain.UNKNOWN));
        assertThat(conversation.replies.getLast()).startsWith("250 2.1.5");
    }

    @Test
    void forgetsTheAnswerForAClientThatHasGone() {
        conversation.answers = effect -> null;
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>");

        conversation.tell(new SessionInput.Disconnected());
        conversation.tell(new SessionInput.SenderChecked(SenderDomain.DOES_NOT_EXIST));

        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.events).isEmpty();
    }

    private void dnsSays(SenderDomain domain) {
        conversation.answers = effect -> effect instanceof Effect.CheckSender
                ? new SessionInput.SenderChecked(domain)
                : Conversation.wellAnswered(effect);
    }
}
