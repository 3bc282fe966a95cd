package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.content.BareLf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SMTP smuggling (CVE-2023-51764, -51765, -51766): whatever some server somewhere took for the end of data in 2023, here no second
 * message comes of it.
 */
class SmugglingTest {

    private static final String SECOND =
            "MAIL FROM:<evil@managed.test>\r\nRCPT TO:<b@managed.test>\r\nDATA\r\nSubject: second\r\n\r\nsecond\r\n.\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\r",
                "\n.\r",
                "\r.\n",
                "\r\r\n.\r\r\n",
                "\n\r\n.\n",
                "\r\n.\r\r\n"
            })
    void refusesTheMessageAndEndsTheConnection(String almostTheEnd) {
        Conversation conversation = new Conversation().receiving();

        conversation.sayOctets("first" + almostTheEnd + SECOND);

        assertThat(conversation.replies.getLast()).startsWith("550 5.6.11");
        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\0.\r\n",
                "\r\n.\0\r\n",
                "\r\n.\u0085",
                "\u0085.\u0085",
                "\r\n .\r\n",
                "\r\n. \r\n",
                "\r\n..\r\n",
                "\r\n.=0D=0A",
                "\r\n%2E\r\n",
                "\u2028.\u2028"
            })
    void takesItForTextOfTheOneMessage(String text) {
        Conversation conversation = new Conversation().receiving();

        conversation.sayOctets("first" + text + SECOND);

        assertThat(conversation.stored).hasSize(1);
        assertThat(conversation.contentText()).contains("Subject: second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\n\n.\n", "\n.\n.\r\n"})
    void makesNoEndOfItWhereLineFeedsAreNormalized(String almostTheEnd) {
        Conversation conversation = Conversation.of(ListenerMode.MX, BareLf.NORMALIZE);
        conversation.say("EHLO client.test", "MAIL FROM:<a@sender.test>", "RCPT TO:<c@authorised.test>", "DATA");

        conversation.sayOctets("first" + almostTheEnd + SECOND);

        assertThat(conversation.stored).hasSize(1);
        assertThat(conversation.storedContents.getFirst())
                .contains("\r\n.")
                .contains("MAIL FROM:<evil@managed.test>\r\n");
    }

    @ParameterizedTest
    @EnumSource(BareLf.class)
    void refusesTheLineFeedsOfStrangersInEitherMode(BareLf bareLf) {
        Conversation conversation = Conversation.of(ListenerMode.MX, bareLf);
        conversation.say("EHLO client.test", "MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "DATA");

        conversation.sayOctets("first\n.\n" + SECOND);

        assertThat(conversation.stored).isEmpty();
        assertThat(conversation.isClosed()).isTrue();
    }
}
