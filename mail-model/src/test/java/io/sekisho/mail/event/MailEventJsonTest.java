package io.sekisho.mail.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MailEventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-24T07:00:00Z");
    private static final UUID ID = MessageIds.at(AT);

    @Test
    void readsTheEnvelopeThatItWrote() {
        Envelope envelope = envelope();
        assertThat(WireJson.read(WireJson.bytes(envelope), Envelope.class)).isEqualTo(envelope);
    }

    @Test
    void readsTheEventThatItWroteAndShowsPlainTextPlainly() {
        Envelope envelope = envelope();
        MailEvent event = MailEvent.of(
                        EventKind.DELIVERED,
                        AT,
                        MessageFacts.of(envelope, envelope.recipients().get(0)),
                        1)
                .withHop(new Hop(
                        "mx.partner.example",
                        Optional.of("192.0.2.25"),
                        25,
                        TlsFacts.NONE,
                        Authentication.NONE,
                        Optional.empty()))
                .withPolicy(new AppliedPolicy(
                        List.of("r1"),
                        new PolicyRevision("a1", 7),
                        new AppliedPolicy.Desired(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_2),
                        TlsFacts.PLAIN,
                        Verdict.MET,
                        Optional.of(PolicySource.STREAM)))
                .withReply(new ReplyFacts(250, Optional.of("2.0.0"), "ok"));
        String json = WireJson.string(event);
        assertThat(json)
                .contains(
                        "\"at\":\"2026-11-24T07:00:00.000Z\"",
                        "\"tls\":{\"protocol\":\"NONE\"}",
                        "\"revision\":\"a1:7\"")
                .doesNotContain("blockReason", "null");
        assertThat(WireJson.read(json, MailEvent.class)).isEqualTo(event);
    }

    @Test
    void ignoresFieldsOfALaterMinorVersion() {
        assertThat(WireJson.read(
                                "{\"protocol\":\"TLSv1.3\",\"cipher\":\"TLS_AES_128_GCM_SHA256\",\"ech\":true}",
                                TlsFacts.class)
                        .version())
                .contains(TlsVersion.TLSV1_3);
    }

    @Test
    void givesARepeatedFactTheSameIdAndAnotherFactAnother() {
        Envelope envelope = envelope();
        MessageFacts facts = MessageFacts.of(envelope, envelope.recipients().get(0));
        MailEvent first = MailEvent.of(EventKind.DEFERRED, AT, facts, 1);
        assertThat(MailEvent.of(EventKind.DEFERRED, AT.plusSeconds(9), facts, 1).id())
                .isEqualTo(first.id());
        assertThat(MailEvent.of(EventKind.DEFERRED, AT, facts, 2).id()).isNotEqualTo(first.id());
        assertThat(MailEvent.of(EventKind.DELIVERED, AT, facts, 1).id()).isNotEqualTo(first.id());
    }

    @Test
    void writesTheCloudEventsAttributesIntoHeaders() {
        Envelope envelope = envelope();
        MailEvent event = MailEvent.of(
                EventKind.QUEUED,
                AT,
                MessageFacts.of(envelope, envelope.recipients().get(0)),
                0);
        CloudEventRecord record = CloudEventRecord.of(event, "/smtp-ingress/a");
        assertThat(record.key()).isEqualTo(ID.toString());
        assertThat(record.headers())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", event.id().toString())
                .containsEntry("ce_type", "io.sekisho.mail.QUEUED")
                .containsEntry("ce_time", "2026-11-24T07:00:00.000Z")
                .containsEntry("content-type", "application/json");
        assertThat(CloudEventRecord.read(record.data())).isEqualTo(event);
    }

    @Test
    void makesIdsOfTheVersionsThatTheStandardNames() {
        assertThat(ID.version()).isEqualTo(7);
        assertThat(ID.variant()).isEqualTo(2);
        assertThat(ID.getMostSignificantBits() >>> 16).isEqualTo(AT.toEpochMilli());
        assertThat(MessageIds.derived("a").version()).isEqualTo(8);
        assertThat(MessageIds.derived("ab", "c")).isNotEqualTo(MessageIds.derived("a", "bc"));
    }

    private static Envelope envelope() {
        return new Envelope(
                Envelope.VERSION,
                ID,
                AT,
                "alice@partner.example",
                List.of(new Recipient(
                        "bob@customer.example",
                        DomainName.parse("customer.example"),
                        Direction.INBOUND,
                        List.of(),
                        Optional.of("NEVER"),
                        Optional.empty())),
                BodyType.EIGHT_BIT_MIME,
                false,
                DsnParameters.NONE,
                1234,
                Optional.of("Grüße"),
                Optional.of("<1@partner.example>"),
                new Upstream(
                        Optional.of(IpAddress.parse("192.0.2.9")),
                        Optional.of("mx.partner.example"),
                        Optional.of("mx"),
                        new TlsFacts(
                                "TLSv1.3",
                                Optional.of("TLS_AES_256_GCM_SHA384"),
                                Optional.of("X25519"),
                                Optional.empty()),
                        Optional.empty()),
                List.of(),
                List.of());
    }
}
