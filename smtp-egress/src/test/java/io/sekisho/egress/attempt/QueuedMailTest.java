package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueuedMailTest {

    private final TestMail mail = TestMail.mail().to(TestMail.outbound("bob@partner.example"));

    @Test
    void readsAMessageThatIsTheValueOfItsRecord() {
        assertThat(read(WireJson.string(mail.envelope()), mail.bytes())).isInstanceOf(QueuedMail.Attemptable.class);
    }

    @Test
    void readsAMessageInParts() {
        mail.chunks(List.of(new ContentChunk("t", 0, 1, 700_000, "00")));
        assertThat(read(WireJson.string(mail.envelope()), new byte[0])).isInstanceOf(QueuedMail.Attemptable.class);
    }

    @Test
    void ignoresFieldsOfALaterMinorVersion() {
        String json = WireJson.string(mail.envelope());
        assertThat(read(json.replaceFirst("\\{", "{\"priority\":9,"), mail.bytes()))
                .isInstanceOf(QueuedMail.Attemptable.class);
    }

    @Test
    void leavesALaterMajorVersionAlone() {
        assertThat(read("{\"version\":2,\"anything\":[]}", mail.bytes())).isEqualTo(new QueuedMail.LaterVersion(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"version\":1}",
                "{\"version\":1,\"recipients\":[]}",
                "{\"version\":1,\"id\":\"no uuid\",\"recipients\":[]}",
                "{\"version\":1,\"id\":\"0199f0a0-0000-7000-8000-000000000000\",\"receivedAt\":\"2026-11-24T07:00:00Z\","
                        + "\"reversePath\":\"a@b.example\",\"recipients\":[]}",
                "{\"version\":1,\"id\":\"0199f0a0-0000-7000-8000-000000000000\",\"receivedAt\":\"2026-11-24T07:00:00Z\","
                        + "\"reversePath\":\"a@b.example\",\"recipients\":[{\"forwardPath\":\"x@y.example\"}]}",
            })
    void findsAnEnvelopeUnreadable(String json) {
        assertThat(read(json, mail.bytes())).isInstanceOf(QueuedMail.Unreadable.class);
    }

    @Test
    void findsARecordWithoutEnvelopeUnreadable() {
        assertThat(QueuedMail.read(new QueueRecord(0, 0, Optional.empty(), mail.bytes())))
                .isInstanceOf(QueuedMail.Unreadable.class);
    }

    @Test
    void findsAMessageOfAnotherSizeUnreadableButKnowsIt() {
        assertThat(read(WireJson.string(mail.envelope()), new byte[] {1}))
                .isInstanceOfSatisfying(QueuedMail.Unreadable.class, it -> {
                    assertThat(it.envelope()).isPresent();
                    assertThat(it.detail()).contains("1 octets");
                });
    }

    @Test
    void findsAnAddressThatCouldEndACommandUnreadable() {
        String json = WireJson.string(mail.envelope()).replace("alice@", "alice\\r\\nRCPT TO:<x@");
        assertThat(read(json, mail.bytes())).isInstanceOf(QueuedMail.Unreadable.class);
    }

    private static QueuedMail read(String json, byte[] value) {
        return QueuedMail.read(new QueueRecord(0, 0, Optional.of(json.getBytes(StandardCharsets.UTF_8)), value));
    }
}
