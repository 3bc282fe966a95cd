package io.sekisho.ingress.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTlsTest {

    private final Conversation conversation = new Conversation().greeted();

    @Test
    void isNotOfferedToAClientThatBreaksOnIt() {
        Conversation spared = new Conversation(
                Conversation.LIMITS, new StartTlsOffer.ToAllBut(List.of(IpNetwork.parse("192.0.2.0/30"))));

        assertThat(spared.last("EHLO client.test")).doesNotContain("STARTTLS");
        assertThat(spared.last("STARTTLS")).startsWith("502 5.5.1");
        assertThat(spared.last("MAIL FROM:<>", "RCPT TO:<b@tls.test>")).startsWith("550 5.7.10");
        Conversation other = new Conversation(
                Conversation.LIMITS, new StartTlsOffer.ToAllBut(List.of(IpNetwork.parse("192.0.2.8/30"))));
        assertThat(other.last("EHLO client.test")).contains("STARTTLS");
    }

    @Test
    void forgetsEverythingSaidBefore() {
        conversation.say("MAIL FROM:<a@sender.test>", "RCPT TO:<b@managed.test>", "STARTTLS");

        assertThat(conversation.say("DATA", "MAIL FROM:<a@sender.test>"))
                .containsOnly("503 5.5.1 Send EHLO or HELO first");
    }

    @Test
    void isNotOfferedInsideTls() {
        conversation.say("STARTTLS");

        assertThat(conversation.last("EHLO client.test")).doesNotContain("STARTTLS");
        assertThat(conversation.last("STARTTLS")).startsWith("503 5.5.1");
    }

    @Test
    void isShownInTheReceivedFieldAndTheEvents() {
        conversation.say("STARTTLS");

        conversation.receiving().say("x", ".");

        assertThat(conversation.stored.getFirst().upstream().tls()).isEqualTo(Conversation.TLS);
        assertThat(conversation
                        .events
                        .getFirst()
                        .message()
                        .orElseThrow()
                        .upstream()
                        .tls())
                .isEqualTo(Conversation.TLS);
    }

    @Test
    void dropsTheConnectionWhereOctetsFollowInClear() {
        conversation.say("STARTTLS", "MAIL FROM:<evil@managed.test>", "RCPT TO:<b@managed.test>");

        assertThat(conversation.replies.getLast()).startsWith("554 5.5.0");
        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.HANDSHAKE_FAILED);
    }

    @Test
    void dropsTheConnectionWhereOctetsComeBeforeTheHandshake() {
        conversation.answers = effect -> null;
        conversation.say("STARTTLS");

        conversation.say("MAIL FROM:<evil@managed.test>");

        assertThat(conversation.isClosed()).isTrue();
        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.HANDSHAKE_FAILED);
    }

    @Test
    void answers454WhereTlsCannotBeginAndGoesOnInClear() {
        conversation.answers = effect -> effect instanceof Effect.StartTls
                ? new SessionInput.TlsUnavailable("no key")
                : Conversation.wellAnswered(effect);

        assertThat(conversation.last("STARTTLS")).startsWith("454 4.7.0");
        assertThat(conversation.last("MAIL FROM:<a@sender.test>")).startsWith("250");
    }

    @Test
    void tellsAFailedHandshakeAndCloses() {
        conversation.answers = effect ->
                effect instanceof Effect.StartTls ? new SessionInput.HandshakeFailed("no shared cipher") : null;

        conversation.say("STARTTLS");

        assertThat(conversation.isClosed()).isTrue();
        MailEvent event = conversation.events.getFirst();
        assertThat(event.kind()).isEqualTo(EventKind.HANDSHAKE_FAILED);
        assertThat(event.detail()).contains("no shared cipher");
        assertThat(event.hop().orElseThrow().address()).contains("192.0.2.1");
    }

    @Test
    void tellsAClientThatLeavesDuringTheHandshake() {
        conversation.answers = effect -> null;
        conversation.say("STARTTLS");

        conversation.tell(new SessionInput.Disconnected());

        assertThat(conversation.events).extracting(MailEvent::kind).containsExactly(EventKind.HANDSHAKE_FAILED);
    }
}
