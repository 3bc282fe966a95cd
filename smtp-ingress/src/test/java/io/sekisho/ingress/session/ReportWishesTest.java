package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import org.junit.jupiter.api.Test;

/** DSN (RFC 3461): what the sender wishes stands in the envelope as it was said. */
class ReportWishesTest {

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void keepsWhatIsWishedForTheMessageAndForEachRecipient() {
        conversation.say(
                "MAIL FROM:<a@sender.test> RET=hdrs ENVID=QQ+2B314",
                "RCPT TO:<b@managed.test> NOTIFY=delay,FAILURE ORCPT=rfc822;B+2Bx@first.test",
                "RCPT TO:<c@managed.test> NOTIFY=NEVER",
                "RCPT TO:<d@managed.test>",
                "DATA",
                "x",
                ".");

        Envelope envelope = conversation.stored.getFirst();
        assertThat(envelope.dsn().ret()).contains("HDRS");
        assertThat(envelope.dsn().envid()).contains("QQ+2B314");
        assertThat(envelope.recipients())
                .extracting(recipient -> recipient.notifyOn().orElse("-"))
                .containsExactly("DELAY,FAILURE", "NEVER", "-");
        assertThat(envelope.recipients())
                .extracting(recipient -> recipient.orcpt().orElse("-"))
                .containsExactly("rfc822;B+2Bx@first.test", "-", "-");
    }

    @Test
    void forgetsTheWishesOfTheMessageBefore() {
        conversation.say("MAIL FROM:<a@sender.test> RET=FULL ENVID=1", "RCPT TO:<b@managed.test> NOTIFY=NEVER", "RSET");

        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "DATA", "x", ".");

        assertThat(conversation.stored.getFirst().dsn()).isEqualTo(DsnParameters.NONE);
        assertThat(conversation.stored.getFirst().recipients())
                .noneMatch(recipient -> recipient.notifyOn().isPresent());
    }
}
