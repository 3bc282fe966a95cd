package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SMTPUTF8 (RFC 6531). */
class InternationalizedMailTest {

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void takesAddressesThatAreNotAsciiWithSmtpUtf8() {
        assertThat(say(
                        "MAIL FROM:<\u7528@\u4f8b\u3048.test> SMTPUTF8",
                        "RCPT TO:<\u6238@managed.test>",
                        "DATA",
                        "x",
                        "."))
                .extracting(reply -> reply.substring(0, 3))
                .containsExactly("250", "250", "354", "250");
        assertThat(conversation.stored).singleElement().satisfies(envelope -> {
            assertThat(envelope.reversePath()).isEqualTo("\u7528@xn--r8jz45g.test");
            assertThat(envelope.recipients().getFirst().forwardPath()).isEqualTo("\u6238@managed.test");
            assertThat(envelope.smtpUtf8()).isTrue();
        });
        assertThat(conversation.content.toString(StandardCharsets.UTF_8))
                .contains("with UTF8SMTP\r\n")
                .contains("for <\u6238@managed.test>");
    }

    @Test
    void refusesThemWithout() {
        assertThat(say("MAIL FROM:<\u7528@sender.test>"))
                .singleElement()
                .asString()
                .startsWith("553 5.6.7");
        assertThat(say("MAIL FROM:<a@\u4f8b\u3048.test>"))
                .singleElement()
                .asString()
                .startsWith("553 5.6.7");
        conversation.say("MAIL FROM:<a@sender.test>");
        assertThat(say("RCPT TO:<\u6238@managed.test>"))
                .singleElement()
                .asString()
                .startsWith("553 5.6.7");
        assertThat(say("RCPT TO:<b@managed.test> ORCPT=utf-8;\u6238@managed.test"))
                .singleElement()
                .asString()
                .startsWith("553 5.6.7");
    }

    @Test
    void verifiesNobodyWhoIsNotAsciiWithout() {
        assertThat(say("VRFY \u6238")).singleElement().asString().startsWith("553 5.6.7");
        assertThat(say("VRFY \u6238 SMTPUTF8")).singleElement().asString().startsWith("252 2.5.0");
    }

    @Test
    void doesNotAskTheNextHostForWhatAnAsciiMessageDoesNotNeed() {
        say("MAIL FROM:<a@sender.test> SMTPUTF8", "RCPT TO:<b@managed.test>", "DATA", "Subject: x", "", "x", ".");

        assertThat(conversation.stored.getFirst().smtpUtf8()).isFalse();
    }

    @Test
    void asksItWhereTheContentIsNotAscii() {
        say("MAIL FROM:<a@sender.test> SMTPUTF8", "RCPT TO:<b@managed.test>", "DATA", "Subject: \u4f8b", "", "x", ".");

        assertThat(conversation.stored.getFirst().smtpUtf8()).isTrue();
        assertThat(conversation.stored.getFirst().subject()).contains("\u4f8b");
    }

    @Test
    void showsTheTlsOfTheSessionInReceived() {
        conversation.say("STARTTLS");
        conversation.say("EHLO client.test");

        say("MAIL FROM:<a@sender.test> SMTPUTF8", "RCPT TO:<b@managed.test>", "DATA", "x", ".");

        assertThat(conversation.contentText()).contains("with UTF8SMTPS\r\n (TLSv1.3:TLS_AES_128_GCM_SHA256)\r\n");
    }

    private List<String> say(String... lines) {
        String text = String.join("\r\n", lines) + "\r\n";
        return conversation.sayOctets(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
