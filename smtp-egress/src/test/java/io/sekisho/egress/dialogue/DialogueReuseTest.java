package io.sekisho.egress.dialogue;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.dialogue.SessionResult.Continuation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One message after the other on the same connection, and content in chunks. */
class DialogueReuseTest {

    private static final String[] PIPELINED = {"250-mx.partner.example", "250 PIPELINING"};
    private static final String[] CHUNKING = {"250-mx.partner.example", "250-PIPELINING", "250 CHUNKING"};

    @Test
    void restsAfterAMessageAndTakesAnother() {
        Play play = delivered(PIPELINED);
        assertThat(play.effects()).contains(new Effect.Rest());

        next(play, parcel().to("other@partner.example"))
                .host("250 ok", "250 ok", "354 go")
                .tell(new Input.ContentSent())
                .host("250 2.0.0 second");

        assertThat(play.sent()).containsOnlyOnce("EHLO");
        assertThat(play.sent()).endsWith("RCPT TO:<other@partner.example>\r\nDATA\r\n");
        assertThat(play.results())
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.settled().values()).hasOnlyElementsOfType(Delivered.class));
        assertThat(play.results().get(1).host().detail()).contains("kept");
    }

    @Test
    void takesLeaveWhereThereIsNoOther() {
        Play play = delivered(PIPELINED).tell(new Input.Farewell());

        assertThat(play.sent()).endsWith("QUIT\r\n");
        assertThat(play.host("221 bye").effects().getLast()).isEqualTo(new Effect.Close());
    }

    @Test
    void takesLeaveWhenItHasWaitedLongEnough() {
        Play play = delivered(PIPELINED).tell(new Input.Interruption.TimedOut(Duration.ofSeconds(5)));

        assertThat(play.sent()).endsWith("QUIT\r\n");
        assertThat(play.results()).hasSize(1);
    }

    @Test
    void clearsWhatARefusedMessageLeft() {
        Play play = Play.of(parcel())
                .host("220 hello")
                .host(PIPELINED)
                .host("250 ok", "550 5.1.1 unknown", "503 no recipients");

        assertThat(play.sent()).endsWith("RSET\r\n");
        assertThat(play.result().settled().values()).hasOnlyElementsOfType(Failed.class);
        assertThat(play.host("250 ok").effects().getLast()).isEqualTo(new Effect.Rest());
    }

    @Test
    void doesNotGoOnWhereRsetIsNotUnderstood() {
        Play play = Play.of(parcel())
                .host("220 hello")
                .host(PIPELINED)
                .host("250 ok", "550 5.1.1 unknown", "503 no recipients")
                .host("502 what?");

        assertThat(play.effects().getLast()).isEqualTo(new Effect.Close());
        assertThat(play.has(Effect.Rest.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.4.2 idle too long\r\n", "250 what for?\r\n", "2"})
    void hangsUpOnAHostThatSpeaksUnasked(String said) {
        Play play = delivered(PIPELINED).octets(said);

        assertThat(play.effects().getLast()).isEqualTo(new Effect.Close());
        assertThat(play.state()).isInstanceOf(Closed.class);
        assertThat(play.results()).hasSize(1);
    }

    /** A reply too many would be taken for the reply to the next message's MAIL, and in the end for its verdict. */
    @Test
    void keepsNoConnectionThatHasAReplyTooMany() {
        Play afterVerdict = inContent(parcel(), PIPELINED).tell(new Input.ContentSent());
        afterVerdict.host("250 taken", "250 taken again");
        assertThat(afterVerdict.state()).isInstanceOf(Closed.class);

        Play afterRefusal = Play.of(parcel())
                .host("220 hello")
                .host(PIPELINED)
                .host("250 ok", "550 5.1.1 unknown", "503 no recipients", "250 and more");
        assertThat(afterRefusal.state()).isInstanceOf(Closed.class);
        assertThat(afterRefusal.sent()).doesNotContain("RSET");
        assertThat(afterRefusal.result().settled().values()).hasOnlyElementsOfType(Failed.class);
    }

    @Test
    void wantsANewConnectionWhereTheKeptOneHasEnded() {
        Play lost = next(delivered(PIPELINED), parcel()).tell(new Input.Interruption.Lost("reset by peer"));
        assertThat(lost.results().get(1).continuation()).isEqualTo(Continuation.NEW_CONNECTION);
        assertThat(lost.results().get(1).settled()).isEmpty();
        assertThat(lost.results().get(1).setbacks()).isEmpty();

        Play dismissed = next(delivered(PIPELINED), parcel()).host("421 4.7.0 enough for one connection");
        assertThat(dismissed.results().get(1).continuation()).isEqualTo(Continuation.NEW_CONNECTION);
    }

    @Test
    void doesNotTryAgainWhereTheHostHasSpokenToTheMessage() {
        Play play = next(delivered(PIPELINED), parcel()).host("250 ok").tell(new Input.Interruption.Lost(""));

        assertThat(play.results().get(1).continuation()).isEqualTo(Continuation.NEXT_HOST);
        assertThat(play.results().get(1).host().result()).isEqualTo(Result.UNREACHABLE);
    }

    @Test
    void countsTheFirstMessageOfAConnectionAsTried() {
        Play play = Play.of(parcel()).host("220 hello").host(PIPELINED).tell(new Input.Interruption.Lost(""));

        assertThat(play.result().continuation()).isEqualTo(Continuation.NEXT_HOST);
    }

    @Test
    void judgesTheSessionAnewForEachMessage() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY))
                .host("220 hello")
                .host("250-mx.partner.example", "250 STARTTLS")
                .host("220 go ahead")
                .secured(TlsVersion.TLSV1_2)
                .host(PIPELINED)
                .host("250 ok", "250 ok", "354 go")
                .tell(new Input.ContentSent())
                .host("250 taken");
        String before = play.sent();

        next(play, parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1_3));

        assertThat(play.sent().substring(before.length())).isEqualTo("QUIT\r\n");
        assertThat(play.results().get(1).setbacks().values()).hasOnlyElementsOfType(TlsUnavailable.class);
    }

    /** An attempt may have begun minutes before its host answers EHLO. */
    @Test
    void tellsTheHostNothingWhereTheRulesChangedMeanwhile() {
        Play play = Play.of(parcel().standing(() -> false)).host("220 hello").host(PIPELINED);

        assertThat(play.sent()).isEqualTo("EHLO gateway.example\r\n");
        assertThat(play.result().continuation()).isEqualTo(Continuation.NEXT_HOST);
        assertThat(play.result().settled().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.cause()).isInstanceOf(DeferralCause.PolicyChanged.class));
        assertThat(play.state()).isInstanceOf(AtRest.class);
    }

    @Test
    void sendsContentInChunksWhereTheyAreOffered() {
        Play play = inContent(parcel(), CHUNKING);

        assertThat(play.sent()).doesNotContain("DATA");
        assertThat(play.effects().getLast()).isEqualTo(new Effect.SendContent(true));
        play.tell(new Input.ContentSent()).host("250 taken");
        assertThat(play.result().settled().values()).hasOnlyElementsOfType(Delivered.class);
    }

    @Test
    void sendsNoChunkThatNobodyWants() {
        Play play = Play.of(parcel()).host("220 hello").host(CHUNKING).host("250 ok", "550 5.1.1 unknown");

        assertThat(play.has(Effect.SendContent.class)).isFalse();
        assertThat(play.sent()).endsWith("RSET\r\n");
    }

    @Test
    void usesNoChunksWhereEachWouldHaveToBeWaitedFor() {
        Play play = Play.of(parcel())
                .host("220 hello")
                .host("250-mx.partner.example", "250 CHUNKING")
                .host("250 ok")
                .host("250 ok");

        assertThat(play.sent()).endsWith("DATA\r\n");
    }

    @Test
    void takesTheLastChunksReplyForTheVerdict() {
        Play play = inContent(threeParts(), CHUNKING).host("250 one");
        assertThat(play.results()).isEmpty();

        play.tell(new Input.ContentSent()).host("250 two");
        assertThat(play.results()).isEmpty();

        play.host("250 2.0.0 all of it");
        assertThat(play.result().host().reply().orElseThrow().text()).isEqualTo("all of it");
        assertThat(play.effects()).contains(new Effect.Rest());
    }

    @Test
    void takesNoReplyForTheVerdictBeforeTheLastChunkWasSent() {
        Play play = inContent(threeParts(), CHUNKING).host("250 one", "250 two", "250 three?");

        assertThat(play.result().host().result()).isEqualTo(Result.UNREACHABLE);
        assertThat(play.result().settled()).isEmpty();
    }

    @Test
    void endsWithTheChunkThatIsRefused() {
        Play early = inContent(threeParts(), CHUNKING).host("552 5.3.4 too big");
        assertThat(early.result().settled().values()).hasOnlyElementsOfType(Failed.class);
        assertThat(early.effects().getLast()).isEqualTo(new Effect.Close());

        Play late = inContent(threeParts(), CHUNKING)
                .tell(new Input.ContentSent())
                .host("250 one", "451 4.3.0 disk", "503 no", "250 ?");
        assertThat(late.result().setbacks().values()).hasOnlyElementsOfType(Deferred.class);
        assertThat(late.state()).isInstanceOf(Closed.class);
    }

    @Test
    void mayHaveBeenTakenOnceTheLastChunkIsSent() {
        Play play = inContent(threeParts(), CHUNKING)
                .tell(new Input.ContentSent())
                .host("250 one")
                .tell(new Input.Interruption.Lost(""));

        assertThat(play.result().settled().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.cause()).isInstanceOf(DeferralCause.ReplyLost.class));
    }

    private static Parcel threeParts() {
        return parcel().content(new BytesContent(new byte[3], 1));
    }

    private static Play inContent(Parcel parcel, String... ehlo) {
        Play play = Play.of(parcel).host("220 hello").host(ehlo);
        return Arrays.equals(ehlo, CHUNKING) ? play.host("250 ok", "250 ok") : play.host("250 ok", "250 ok", "354 go");
    }

    private static Play delivered(String... ehlo) {
        return inContent(parcel(), ehlo).tell(new Input.ContentSent()).host("250 taken");
    }

    private static Play next(Play play, Parcel parcel) {
        return play.tell(new Input.Next(parcel.errand(), Instant.EPOCH));
    }
}
