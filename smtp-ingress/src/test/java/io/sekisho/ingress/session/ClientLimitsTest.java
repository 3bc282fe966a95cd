package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.limit.ClientPlace;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a session says to a client that does too much. */
class ClientLimitsTest {

    private final Limits limits = new Limits();

    @Test
    void answers450ToMailAndGoesOn() {
        Conversation conversation =
                Conversation.counted(limits, ListenerMode.MX).greeted();
        limits.messages = ClientLimits.Answer.BEYOND;

        assertThat(conversation.last("MAIL FROM:<a@sender.test>"))
                .isEqualTo("450 4.7.1 Too many messages from 192.0.2.1, try again later");
        assertThat(conversation.last("RCPT TO:<b@managed.test>")).startsWith("503");
        limits.messages = ClientLimits.Answer.WITHIN;
        assertThat(conversation.last("MAIL FROM:<a@sender.test>")).startsWith("250");
    }

    @Test
    void countsNoRefusedMailAsAnError() {
        Conversation conversation =
                Conversation.counted(limits, ListenerMode.MX).greeted();
        limits.messages = ClientLimits.Answer.BEYOND;

        for (int i = 0; i < 2 * Conversation.LIMITS.errors(); i++) {
            assertThat(conversation.last("MAIL FROM:<a@sender.test>")).startsWith("450 4.7.1");
        }
        assertThat(conversation.isClosed()).isFalse();
    }

    @Test
    void countsNoMailThatIsRefusedForAnotherReason() {
        Conversation.counted(limits, ListenerMode.MX).greeted().say("MAIL FROM:<a@sender.test> SIZE=2000");

        assertThat(limits.messagesAsked).isZero();
    }

    @Test
    void answers450ToRcptWithAnEventForEachAndTakesTheMessageForTheOthers() {
        Conversation conversation =
                Conversation.counted(limits, ListenerMode.MX).greeted();
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>");
        limits.recipients = ClientLimits.Answer.BEYOND;

        assertThat(conversation.say("RCPT TO:<c@managed.test>", "RCPT TO:<d@managed.test>"))
                .containsOnly("450 4.7.1 Too many recipients from 192.0.2.1, try again later");
        assertThat(conversation.events)
                .extracting(event ->
                        event.kind() + " " + event.message().orElseThrow().recipient())
                .containsExactly(EventKind.REJECTED + " c@managed.test", EventKind.REJECTED + " d@managed.test");
        MailEvent event = conversation.events.getFirst();
        assertThat(event.reply().orElseThrow().code()).isEqualTo(450);
        assertThat(event.blockReason()).isEmpty();
        assertThat(conversation.last("DATA", "x", ".")).startsWith("250 2.0.0");
    }

    @Test
    void saysForGoodWhatTheRuleSaysThoughTheLimitIsReached() {
        Conversation conversation =
                Conversation.counted(limits, ListenerMode.MX).greeted();
        limits.recipients = ClientLimits.Answer.BEYOND;

        assertThat(conversation.last("MAIL FROM:<a@sender.test>", "RCPT TO:<b@tls.test>"))
                .startsWith("550 5.7.10");
        assertThat(conversation.events).hasSize(1);
    }

    @Test
    void countsWrongCredentialsAndNoOthers() {
        Conversation conversation = submission();

        conversation.say("AUTH PLAIN " + plain("anna@managed.test", "wrong"));
        conversation.say("AUTH PLAIN " + plain("anna@late.test", "secret"), "AUTH PLAIN =", "AUTH OTHER");
        conversation.say("AUTH PLAIN " + plain("anna@managed.test", "secret"));

        assertThat(limits.failedLogins).isEqualTo(1);
    }

    @Test
    void doesNotLookAtCredentialsAfterTooManyFailures() {
        Conversation conversation = submission();
        limits.logins = ClientLimits.Answer.BEYOND;

        assertThat(conversation.last("AUTH PLAIN " + plain("anna@managed.test", "secret")))
                .isEqualTo("454 4.7.0 Too many failed logins, try again later");
        assertThat(conversation.transcript).contains("login  LIMITED");
        limits.logins = ClientLimits.Answer.WITHIN;
        assertThat(conversation.last("AUTH PLAIN " + plain("anna@managed.test", "secret")))
                .startsWith("235");
    }

    @Test
    void doesNotLookAtCredentialsWhereOtherConnectionsFailedMeanwhile() {
        Conversation conversation = submission();
        assertThat(conversation.last("AUTH PLAIN")).startsWith("334");
        limits.logins = ClientLimits.Answer.BEYOND;

        assertThat(conversation.last(plain("anna@managed.test", "secret"))).startsWith("454 4.7.0");
    }

    private Conversation submission() {
        Conversation conversation =
                Conversation.counted(limits, ListenerMode.SUBMISSION).greeted();
        conversation.say("STARTTLS");
        return conversation.greeted();
    }

    private static String plain(String user, String secret) {
        byte[] octets = ("\0" + user + "\0" + secret).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(octets);
    }

    /** Limits in the test's hands. */
    private static final class Limits implements ClientLimits {

        Answer messages = Answer.WITHIN;
        Answer recipients = Answer.WITHIN;
        Answer logins = Answer.WITHIN;
        int messagesAsked;
        int failedLogins;

        @Override
        public Optional<ClientPlace> connect(IpAddress client) {
            return Optional.of(ClientPlace.uncounted());
        }

        @Override
        public Answer message(IpAddress client) {
            messagesAsked++;
            return messages;
        }

        @Override
        public Answer recipient(IpAddress client) {
            return recipients;
        }

        @Override
        public Answer login(IpAddress client) {
            return logins;
        }

        @Override
        public void loginFailed(IpAddress client) {
            failedLogins++;
        }
    }
}
