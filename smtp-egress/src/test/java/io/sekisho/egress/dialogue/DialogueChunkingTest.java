package io.sekisho.egress.dialogue;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.match.SessionTls;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** However the network cuts what the host says, the dialogue is the same. */
class DialogueChunkingTest {

    private static final String SECURED = "<secured>";
    private static final String CONTENT_SENT = "<content sent>";

    private static final List<String> PIPELINED_UNDER_TLS = List.of(
            "220-mx.partner.example\r\n220 ready\r\n",
            "250-mx.partner.example\r\n250-PIPELINING\r\n250 STARTTLS\r\n",
            "220 2.0.0 go ahead\r\n",
            SECURED,
            "250-mx.partner.example\r\n250-PIPELINING\r\n250-SIZE 100000\r\n250 DSN\r\n",
            "250 2.1.0 ok\r\n250 2.1.5 ok\r\n550-5.1.1 no such\r\n550 5.1.1 user\r\n451 4.2.1 later\r\n354 go\r\n",
            CONTENT_SENT,
            "250-2.0.0 taken\r\n250 2.0.0 as 17\r\n",
            "221 bye\r\n");

    private static final List<String> ONE_BY_ONE_BY_HELO = List.of(
            "220 mx\n",
            "500 what\r\n",
            "250 mx\r\n",
            "250 ok\r\n",
            "250 ok\r\n",
            "550 no\r\n",
            "250 ok\r\n",
            "354\r\n",
            CONTENT_SENT,
            "554 5.6.0 no, thanks\r\n",
            "221 bye\r\n");

    private static final List<String> REFUSED_SENDER = List.of(
            "220 mx\r\n",
            "250-mx\r\n250 PIPELINING\r\n",
            "550 no\r\n503 a\r\n503 b\r\n503 c\r\n354 go\r\n",
            "250 ok\r\n");

    @Test
    void comesToTheSameForEveryChunking() {
        for (List<String> script : List.of(PIPELINED_UNDER_TLS, ONE_BY_ONE_BY_HELO, REFUSED_SENDER)) {
            List<Effect> whole = play(script, -1, 0, false);
            assertThat(whole.stream().filter(Effect.Report.class::isInstance)).hasSize(1);

            for (int line = 0; line < script.size(); line++) {
                for (int cut = 1; cut < script.get(line).length(); cut++) {
                    assertThat(play(script, line, cut, false))
                            .as("line %d cut at %d of %s", line, cut, script)
                            .isEqualTo(whole);
                }
            }
            assertThat(play(script, -1, 0, true)).as("octet by octet").isEqualTo(whole);
        }
    }

    private static List<Effect> play(List<String> script, int cutLine, int cut, boolean octetByOctet) {
        Play play = Play.of(PARCEL);
        for (int i = 0; i < script.size(); i++) {
            String text = script.get(i);
            if (text.equals(SECURED)) {
                play.tell(ESTABLISHED);
            } else if (text.equals(CONTENT_SENT)) {
                play.tell(new Input.ContentSent());
            } else if (octetByOctet) {
                text.chars().forEach(octet -> play.octets(String.valueOf((char) octet)));
            } else if (i == cutLine) {
                play.octets(text.substring(0, cut)).octets(text.substring(cut));
            } else {
                play.octets(text);
            }
        }
        return play.effects();
    }

    private static final Parcel PARCEL = parcel().to("a@partner.example", "b@partner.example", "c@partner.example");

    /** One value, so that the results of two plays can be equal. */
    private static final Input ESTABLISHED = new Input.Secured(new Security(
            new TlsFacts("TLSv1.3", Optional.of("cipher"), Optional.empty(), Optional.empty()),
            new SessionTls(Optional.of(TlsVersion.TLSV1_3), names -> Optional.empty())));
}
