package io.sekisho.tracking.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.sekisho.tracking.SampleMail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
    private final RecordReader reader = new RecordReader(new SampleSettings(400, 2), Clock.fixed(NOW, ZoneOffset.UTC));
    private final SampleMail mail = SampleMail.inbound(NOW, SampleMail.newDomain());

    @Test
    void readsAnEvent() {
        MailEvent event = mail.delivered("TLSv1.3");
        assertThat(reader.read(WireJson.bytes(event))).isInstanceOfSatisfying(Reading.Fit.class, fit -> {
            assertThat(fit.event().event()).isEqualTo(event);
            assertThat(fit.event().json()).isEqualTo(WireJson.string(event));
        });
    }

    @Test
    void readsAnEventAboutAConnection() {
        MailEvent event = MailEvent.ofConnection(UUID.randomUUID(), EventKind.HANDSHAKE_FAILED, NOW);
        assertThat(reader.read(WireJson.bytes(event)))
                .isInstanceOfSatisfying(
                        Reading.Fit.class,
                        fit -> assertThat(fit.event().delivery()).isEmpty());
    }

    @Test
    void readsAnEventWithFieldsOfALaterVersion() {
        assertThat(reader.read(changed(json -> json.put("ofALaterVersion", true))))
                .isInstanceOf(Reading.Fit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no JSON", "[]", "1", "null", "\"text\"", "{\"id\":\"no uuid\"}", "{\"kind\":\"TELEPORTED\"}"
            })
    void refusesWhatIsNoEvent(String value) {
        assertUnfit(value.getBytes(StandardCharsets.UTF_8), DeadLetterReason.NOT_AN_EVENT);
    }

    @Test
    void refusesARecordWithoutValue() {
        assertUnfit(null, DeadLetterReason.NOT_AN_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "kind", "at", "message"})
    void refusesAnEventWithout(String field) {
        assertUnfit(changed(json -> json.remove(field)), DeadLetterReason.INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "receivedAt", "direction", "sender", "recipient", "upstream"})
    void refusesAMessageWithout(String field) {
        assertUnfit(changedMessage(json -> json.remove(field)), DeadLetterReason.INCOMPLETE);
    }

    @Test
    void refusesAMessageWithoutListOfDomains() {
        assertUnfit(changedMessage(json -> json.remove("managedDomains")), DeadLetterReason.NOT_AN_EVENT);
    }

    @Test
    void refusesNumbersBelowZero() {
        assertUnfit(changed(json -> json.put("attempt", -1)), DeadLetterReason.INCOMPLETE);
        assertUnfit(changedMessage(json -> json.put("size", -1)), DeadLetterReason.INCOMPLETE);
    }

    @Test
    void refusesPathsThatNoSmtpCommandCanCarry() {
        assertUnfit(changedMessage(json -> json.put("recipient", "")), DeadLetterReason.INCOMPLETE);
        assertUnfit(changedMessage(json -> json.put("recipient", "a".repeat(1_001))), DeadLetterReason.INCOMPLETE);
        assertUnfit(changedMessage(json -> json.put("sender", "関".repeat(334))), DeadLetterReason.INCOMPLETE);
        assertThat(reader.read(changedMessage(json -> json.put("sender", "")))).isInstanceOf(Reading.Fit.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-10-19T23:59:59.999Z, false",
        "2025-10-20T00:00:00Z, true",
        "2026-11-24T07:00:00Z, true",
        "2026-11-26T23:59:59.999Z, true",
        "2026-11-27T00:00:00Z, false",
        "1970-01-01T00:00:00Z, false",
        "+999999999-12-31T00:00:00Z, false",
        "-999999999-01-01T00:00:00Z, false",
    })
    void acceptsReceivedAtOnlyFromDaysThatCanBe(String receivedAt, boolean fit) {
        byte[] value = changedMessage(json -> json.put("receivedAt", receivedAt));
        if (fit) {
            assertThat(reader.read(value)).isInstanceOf(Reading.Fit.class);
        } else {
            assertUnfit(value, DeadLetterReason.ABSURD_DATE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "at, 1970-01-01T00:00:00Z",
        "at, +999999999-12-31T00:00:00Z",
        "due, +999999999-12-31T00:00:00Z",
        "due, 2028-11-24T07:00:00Z"
    })
    void refusesOtherTimesThatCannotBe(String field, String time) {
        assertUnfit(changed(json -> json.put(field, time)), DeadLetterReason.ABSURD_DATE);
    }

    @Test
    void refusesAValueLargerThanAnyEvent() {
        assertUnfit(
                changed(json -> json.put("detail", "x".repeat(RecordReader.LARGEST_EVENT))),
                DeadLetterReason.TOO_LARGE);
    }

    private void assertUnfit(byte[] value, DeadLetterReason reason) {
        assertThat(reader.read(value)).isInstanceOfSatisfying(Reading.Unfit.class, unfit -> {
            assertThat(unfit.reason()).isEqualTo(reason);
            assertThat(unfit.explanation()).isNotBlank();
        });
    }

    private byte[] changedMessage(Consumer<ObjectNode> change) {
        return changed(json -> change.accept((ObjectNode) json.get("message")));
    }

    private byte[] changed(Consumer<ObjectNode> change) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode json = (ObjectNode) mapper.readTree(WireJson.bytes(mail.delivered("TLSv1.3")));
            change.accept(json);
            return mapper.writeValueAsBytes(json);
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
