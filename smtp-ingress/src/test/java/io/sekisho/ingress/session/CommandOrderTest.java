package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOrderTest {

    private final Conversation conversation = new Conversation();

    @Test
    void greetsWithoutAnEnhancedStatus() {
        assertThat(conversation.replies).containsExactly("220 mx.test ESMTP Sekisho");
    }

    @ParameterizedTest
    @CsvSource({"MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "DATA"})
    void rejectsMailBeforeHelo(String command) {
        assertThat(conversation.last(command)).isEqualTo("503 5.5.1 Send EHLO or HELO first");
    }

    @Test
    void readsNoContentAsCommandsBehindADataBeforeHelo() {
        assertThat(conversation.say("DATA", "NOOP", ".")).containsExactly("503 5.5.1 Send EHLO or HELO first");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void offersItsExtensionsToEhlo() {
        assertThat(conversation.say("EHLO client.test"))
                .containsExactly(
                        "250 mx.test PIPELINING SIZE 1000 8BITMIME SMTPUTF8 CHUNKING DSN ENHANCEDSTATUSCODES STARTTLS");
    }

    @Test
    void offersNothingToHelo() {
        assertThat(conversation.say("HELO client.test")).containsExactly("250 mx.test");
    }

    @Test
    void doesNotOfferStartTlsWithoutAKey() {
        Conversation keyless = new Conversation(Conversation.LIMITS, StartTlsOffer.toNobody());

        assertThat(keyless.last("EHLO client.test")).doesNotContain("STARTTLS");
    }

    @Test
    void takesAMessage() {
        conversation.greeted();

        assertThat(conversation.say(
                        "MAIL FROM:<a@sender.test> SIZE=20 BODY=8BITMIME",
                        "RCPT TO:<b@managed.test>",
                        "DATA",
                        "Subject: hello",
                        "",
                        "..dot",
                        "."))
                .satisfiesExactly(
                        reply -> assertThat(reply).isEqualTo("250 2.1.0 Sender OK"),
                        reply -> assertThat(reply).isEqualTo("250 2.1.5 Recipient OK"),
                        reply -> assertThat(reply).startsWith("354 "),
                        reply -> assertThat(reply)
                                .isEqualTo("250 2.0.0 OK queued as "
                                        + conversation.stored.getFirst().id()));
        assertThat(conversation.contentText())
                .matches("(?s)Received: from client\\.test \\(\\[192\\.0\\.2\\.1\\]\\)\r\n by mx\\.test .*"
                        + "for <b@managed\\.test>;\r\n Tue, 24 Nov 2026 12:00:00 \\+0000\r\n"
                        + "Subject: hello\r\n\r\n\\.dot\r\n");
    }

    @Test
    void answersRcptAndDataWithoutMailWith503() {
        conversation.greeted();

        assertThat(conversation.say("RCPT TO:<b@managed.test>", "DATA"))
                .containsExactly("503 5.5.1 Send MAIL first", "503 5.5.1 Send MAIL first");
    }

    @Test
    void answersDataBeforeRcptWith503() {
        conversation.greeted();

        assertThat(conversation.last("MAIL FROM:<>", "DATA")).isEqualTo("503 5.5.1 Send RCPT first");
    }

    @Test
    void answersDataWith554WhereEveryRecipientWasRefused() {
        conversation.greeted();

        assertThat(conversation.last("MAIL FROM:<>", "RCPT TO:<b@elsewhere.test>", "DATA"))
                .isEqualTo("554 5.5.1 No valid recipients");
    }

    @Test
    void refusesMailInsideATransaction() {
        conversation.greeted();

        assertThat(conversation.last("MAIL FROM:<>", "MAIL FROM:<>")).startsWith("503 5.5.1");
    }

    @ParameterizedTest
    @CsvSource({"RSET", "EHLO again.test", "HELO again.test"})
    void endsATransactionBy(String command) {
        conversation.greeted();

        assertThat(conversation.last("MAIL FROM:<>", "RCPT TO:<b@managed.test>", command, "DATA"))
                .isEqualTo("503 5.5.1 Send MAIL first");
    }

    @Test
    void forgetsTheRecipientsOfTheMessageBefore() {
        conversation.receiving().say("x", ".");

        assertThat(conversation.last("MAIL FROM:<>", "DATA")).isEqualTo("503 5.5.1 Send RCPT first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOOP anything           | 250 2.0.0",
                "RSET                    | 250 2.0.0",
                "VRFY b@managed.test     | 252 2.5.0",
                "HELP                    | 214 2.0.0",
                "QUIT                    | 221 2.0.0",
                "quit                    | 221 2.0.0",
                "EHLO                    | 501 5.5.4",
                "EHLO two words          | 501 5.5.2",
                "EHLO <script>           | 501 5.5.2",
                "HELO                    | 501 5.5.4",
                "RSET now                | 501 5.5.4",
                "STARTTLS now            | 501 5.5.4",
                "VRFY                    | 501 5.5.4",
                "MAIL                    | 501 5.5.4",
                "MAIL TO:<a@sender.test> | 501 5.1.7",
                "MAIL FROM:a@sender.test | 501 5.1.7",
                "MAIL FROM:<a>           | 501 5.1.7",
                "MAIL FROM:<a@b> FOO=bar | 555 5.5.4",
                "MAIL FROM:<a@b> AUTH=<> | 555 5.5.4",
                "MAIL FROM:<a@b> RET=ALL | 501 5.5.4",
                "MAIL FROM:<a@b> ENVID=+ | 501 5.5.4",
                "MAIL FROM:<a@b> SMTPUTF8=1 | 501 5.5.4",
                "RCPT TO:<b@managed.test> NOTIFY=NEVER,DELAY | 501 5.5.4",
                "RCPT TO:<b@managed.test> ORCPT=b@managed.test | 501 5.5.4",
                "MAIL FROM:<a@b> SIZE=x  | 501 5.5.4",
                "MAIL FROM:<a@b> SIZE=1 SIZE=1 | 501 5.5.4",
                "MAIL FROM:<a@b> BODY=BINARYMIME | 501 5.5.4",
                "MAIL FROM:<a@b> SIZE=1001 | 552 5.3.4",
                "MAIL FROM:<a@b> SIZE=99999999999999999999 | 552 5.3.4",
                "RCPT TO:<>              | 501 5.1.3",
                "AUTH PLAIN AGEAYg==     | 502 5.5.1",
                "EXPN staff              | 502 5.5.1",
                "GET / HTTP/1.1          | 500 5.5.1",
                "''                      | 500 5.5.1"
            })
    void answersInOrderOrNot(String command, String reply) {
        conversation.greeted();

        assertThat(conversation.last(command)).startsWith(reply);
    }

    @Test
    void refusesAnAddressThatNeedsSmtpUtf8() {
        conversation.greeted();

        assertThat(conversation
                        .sayOctets("MAIL FROM:<\u00c3\u00bc@sender.test>\r\n")
                        .getFirst())
                .startsWith("553 5.6.7");
    }

    @ParameterizedTest
    @CsvSource({"BDAT", "BDAT x LAST", "BDAT 1 2", "BDAT LAST"})
    void closesBehindBdatWithoutASizeSinceItsOctetsAreNoCommands(String command) {
        conversation.greeted();

        assertThat(conversation.say(command, "MAIL FROM:<evil@managed.test>"))
                .singleElement()
                .asString()
                .startsWith("501 5.5.4");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void answersOctetsThatNoCommandMayHave() {
        conversation.greeted();

        assertThat(conversation.sayOctets("NO\0OP\r\n").getFirst()).startsWith("500 5.5.2");
        assertThat(conversation.sayOctets("NOOP\n").getFirst()).startsWith("500 5.5.2");
        assertThat(conversation.sayOctets("NO\rOP\r\n").getFirst()).startsWith("500 5.5.2");
        assertThat(conversation.sayOctets("NOOP \u00ff\u00fe\r\n").getFirst()).startsWith("500 5.5.2");
        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void skipsALineOfTwoMegabytesAndGoesOn() {
        conversation.greeted();

        assertThat(conversation.last("NOOP " + "x".repeat(2 * 1024 * 1024))).isEqualTo("500 5.5.2 Line too long");
        assertThat(conversation.last("NOOP")).startsWith("250");
    }

    @Test
    void closesWhereALineDoesNotEnd() {
        conversation.greeted();

        assertThat(conversation.sayOctets("x".repeat(Dialogue.LONGEST_SKIPPED_LINE + 1)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("421 4.7.0");
        assertThat(conversation.isClosed()).isTrue();
    }

    @Test
    void saysNothingMoreBehindQuit() {
        conversation.greeted();

        assertThat(conversation.say("QUIT", "NOOP")).hasSize(1);
        assertThat(conversation.closed).contains("QUIT");
    }
}
