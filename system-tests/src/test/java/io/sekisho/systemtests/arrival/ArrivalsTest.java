package io.sekisho.systemtests.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.systemtests.traffic.NumberedMail;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.RecordedTls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The far end finds out: what was changed on the way, what came below its requirement, and what came twice. */
class ArrivalsTest {

    private static final long SEED = 42;
    private static final String RECEIVED =
            "Received: from x by y with ESMTP\r\n\tid 018f-1; Mon, 1 Jan 2024 00:00:00 +0000\r\n";
    /** Numbers that go to {@link Destination#PLAIN}, and to a destination that requires TLS. */
    private static final int PLAIN = 3;

    private static final int MANDATORY = 1;

    private final Arrivals arrivals = new Arrivals(SEED);

    @Test
    void entersWhatArrivesUnchanged() {
        deliver(PLAIN, RECEIVED, "");

        assertThat(arrivals.numbers()).containsExactly(PLAIN);
        assertThat(arrivals.of(PLAIN)).extracting(Arrival::gatewayId).containsExactly("018f-1");
        assertThat(arrivals.mistakes()).isEmpty();
    }

    @Test
    void entersWhatArrivesTwiceTwice() {
        deliver(PLAIN, RECEIVED, "");
        deliver(PLAIN, RECEIVED.replace("018f-1", "018f-2"), "");

        assertThat(arrivals.of(PLAIN)).extracting(Arrival::gatewayId).containsExactly("018f-1", "018f-2");
    }

    @Test
    void noticesOneMoreOctet() {
        deliver(PLAIN, RECEIVED, "x\r\n");

        assertThat(arrivals.changedCount()).isEqualTo(1);
        assertThat(arrivals.mistakes()).containsExactly("number 3 arrived changed at plain.example");
    }

    @Test
    void noticesASecondAddedField() {
        deliver(PLAIN, RECEIVED + "X-Added: yes\r\n", "");

        assertThat(arrivals.changedCount()).isEqualTo(1);
    }

    @Test
    void noticesPlainTextWhereTlsIsRequired() {
        deliver(MANDATORY, RECEIVED, "");

        assertThat(arrivals.belowRequirementCount()).isEqualTo(1);
        assertThat(arrivals.mistakes()).containsExactly("number 1 arrived at tls12.example with no TLS");
    }

    @Test
    void passesOverMailOfAnotherRun() {
        Arrivals other = new Arrivals(SEED + 1);
        other.add(Destination.PLAIN, message(PLAIN, RECEIVED, "", "250 2.0.0 ok"));

        assertThat(other.numbers()).isEmpty();
    }

    @Test
    void passesOverWhatThePartnerRefused() {
        arrivals.add(Destination.PLAIN, message(PLAIN, RECEIVED, "", "451 4.3.0 later"));

        assertThat(arrivals.numbers()).isEmpty();
    }

    @Test
    void takesTheVersionOfTheSessionForMandatoryMail() {
        RecordedMessage good = message(MANDATORY, RECEIVED, "", "250 2.0.0 ok");
        RecordedTls tls = new RecordedTls("TLSv1.2", "any", Optional.empty(), List.of());
        arrivals.add(
                Destination.TLS12,
                new RecordedMessage(
                        good.mail(),
                        good.reversePath(),
                        good.forwardPaths(),
                        good.octets(),
                        good.sha256(),
                        Optional.of(tls),
                        good.reply(),
                        good.content()));

        assertThat(arrivals.belowRequirementCount()).isZero();
        assertThat(arrivals.of(MANDATORY)).extracting(Arrival::tls).containsExactly(Optional.of("TLSv1.2"));
    }

    private void deliver(int number, String before, String after) {
        NumberedMail mail = NumberedMail.of(SEED, number);
        arrivals.add(mail.destination(), message(number, before, after, "250 2.0.0 ok"));
    }

    private static RecordedMessage message(int number, String before, String after, String reply) {
        NumberedMail mail = NumberedMail.of(SEED, number);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        octets.writeBytes(mail.content());
        octets.writeBytes(after.getBytes(StandardCharsets.US_ASCII));
        String sender = NumberedMail.sender(SEED, mail.destination());
        return new RecordedMessage(
                "FROM:<" + sender + ">",
                sender,
                List.of(NumberedMail.recipient(mail.destination())),
                octets.size(),
                "",
                Optional.empty(),
                reply,
                () -> new ByteArrayInputStream(octets.toByteArray()));
    }
}
