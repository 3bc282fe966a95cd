package io.sekisho.egress.dialogue;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What may happen at any step, and what no host can bring about. */
class DialogueTroubleTest {

    /** A good session without pipelining, step by step, with the wait that precedes each. */
    private record Scene(String awaited, Consumer<Play> step) {}

    private static final List<Scene> GOOD_SESSION = List.of(
            new Scene("the greeting", play -> play.host("220 mx")),
            new Scene("the reply to EHLO", play -> play.host("250-mx", "250 STARTTLS")),
            new Scene("the reply to STARTTLS", play -> play.host("220 go")),
            new Scene("the TLS handshake", play -> play.secured(TlsVersion.TLSV1_3)),
            new Scene("the reply to EHLO after STARTTLS", play -> play.host("250 mx")),
            new Scene("the reply to MAIL FROM", play -> play.host("250 ok")),
            new Scene("the reply to RCPT TO:<someone@partner.example>", play -> play.host("250 ok")),
            new Scene("the reply to DATA", play -> play.host("354 go")),
            new Scene("the host taking the content", play -> play.tell(new Input.ContentSent())),
            new Scene("the reply to the content", play -> play.host("250 ok")));

    private static final List<String> TLS_SCENES =
            List.of("the reply to STARTTLS", "the TLS handshake", "the reply to EHLO after STARTTLS");

    @Test
    void nameTheConnectionAndTheCommandInEveryTimeOut() {
        for (int cut = 0; cut < GOOD_SESSION.size(); cut++) {
            Play play = upTo(cut);

            play.tell(new Input.Interruption.TimedOut(Duration.ofSeconds(7)));

            assertThat(play.result().host().detail())
                    .contains(
                            "mx.partner.example[192.0.2.1]:25",
                            GOOD_SESSION.get(cut).awaited(),
                            "7 s");
        }
    }

    @Test
    void deferWhereverTheConnectionIsLost() {
        for (int cut = 0; cut < GOOD_SESSION.size(); cut++) {
            Play play = upTo(cut);

            play.tell(new Input.Interruption.Lost("reset"));

            SessionResult result = play.result();
            if (TLS_SCENES.contains(GOOD_SESSION.get(cut).awaited())) {
                assertThat(result.continuation()).isEqualTo(SessionResult.Continuation.PLAIN_TEXT);
            } else {
                boolean last = cut == GOOD_SESSION.size() - 1;
                assertThat((last ? result.settled() : result.setbacks()).values())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Deferred.class,
                                deferred -> assertThat(deferred.cause())
                                        .isInstanceOf(
                                                last
                                                        ? DeferralCause.ReplyLost.class
                                                        : DeferralCause.HostUnreachable.class));
            }
        }
    }

    @Test
    void deferWhereverTheHostSays421() {
        for (int cut = 0; cut < GOOD_SESSION.size(); cut++) {
            if (GOOD_SESSION.get(cut).awaited().equals("the TLS handshake")) {
                continue;
            }
            Play play = upTo(cut);

            play.host("421 4.3.2 shutting down");

            assertThat(play.result().setbacks().values())
                    .as(GOOD_SESSION.get(cut).awaited())
                    .singleElement()
                    .isInstanceOfSatisfying(Deferred.class, deferred -> {
                        assertThat(deferred.cause()).isInstanceOf(DeferralCause.Replied.class);
                        assertThat(deferred.enhancedStatus()).isEqualTo("4.3.2");
                    });
            assertThat(play.effects()).endsWith(new Effect.Close());
        }
    }

    @Test
    void endTheAttemptWhereverItIsGivenUpBeforeTheFinalDot() {
        for (int cut = 0; cut < GOOD_SESSION.size() - 1; cut++) {
            Play play = upTo(cut);

            play.tell(new Input.Interruption.Abandoned(new DeferralCause.ClaimLost(), "the claim was lost"));

            assertThat(play.result().settled().values())
                    .as(GOOD_SESSION.get(cut).awaited())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.cause()).isInstanceOf(DeferralCause.ClaimLost.class));
        }
    }

    @Test
    void comeToOneResultWhateverTheHostSays() {
        Random random = new Random(20260711);
        for (int round = 0; round < 20_000; round++) {
            Play play = Play.of(parcel().to("a@partner.example", "b@partner.example"));
            List<String> said = babble(random, play);
            play.tell(new Input.Interruption.Lost("")).tell(new Input.Interruption.Lost(""));

            assertThat(play.results()).as(() -> "said: " + said).hasSize(1);
            SessionResult result = play.results().getFirst();
            assertThat(result.settled().size() + result.setbacks().size())
                    .as(() -> "said: " + said)
                    .isEqualTo(result.continuation() == SessionResult.Continuation.PLAIN_TEXT ? 0 : 2);
        }
    }

    @Test
    void nameNoMailToAHostWithoutTheRequiredTlsWhateverItSays() {
        Random random = new Random(20260712);
        for (int round = 0; round < 20_000; round++) {
            Play play = Play.of(parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1_3));
            List<String> said = babble(random, play);

            // The handshakes of this host reach TLSv1.2 at most.
            assertThat(play.sent()).as(() -> "said: " + said).doesNotContain("MAIL");
            assertThat(play.has(Effect.SendContent.class)).isFalse();
        }
    }

    /** Says mostly plausible things in a random order and cut, and answers handshakes and content at random. */
    private static List<String> babble(Random random, Play play) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 12 && !(play.state() instanceof Closed); i++) {
            if (play.state() instanceof ShakingHands && random.nextInt(4) > 0) {
                if (random.nextBoolean()) {
                    play.secured(TlsVersion.TLSV1_2);
                } else {
                    play.tell(new Input.HandshakeFailed(Input.HandshakeFailed.Reason.OTHER, "alert"));
                }
                said.add("<handshake>");
            } else if (play.state() instanceof SendingContent && random.nextInt(4) > 0) {
                play.tell(new Input.ContentSent());
                said.add("<content>");
            } else {
                String line = PHRASES.get(random.nextInt(PHRASES.size()));
                said.add(line);
                play.octets(line);
            }
        }
        return said;
    }

    private static final List<String> PHRASES = List.of(
            "220 mx\r\n",
            "220 go\r\n",
            "250 ok\r\n",
            "250-mx\r\n250-PIPELINING\r\n250 STARTTLS\r\n",
            "250-mx\r\n250 STARTTLS\r\n",
            "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n",
            "250 ok\r\n550 no\r\n451 no\r\n354 go\r\n",
            "354 go\r\n",
            "421 bye\r\n",
            "451 4.3.0 later\r\n",
            "454 4.7.0 no TLS\r\n",
            "502 what\r\n",
            "550 5.1.1 no\r\n",
            "250 o",
            "k\r\n",
            "\u0016\u0003\u0001",
            "250-never ends\r\n");

    private static Play upTo(int scenes) {
        Play play = Play.of(parcel());
        GOOD_SESSION.subList(0, scenes).forEach(scene -> scene.step().accept(play));
        assertThat(play.state().waitsFor().what())
                .isEqualTo(GOOD_SESSION.get(scenes).awaited());
        return play;
    }
}
