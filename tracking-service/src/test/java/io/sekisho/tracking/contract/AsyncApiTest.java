package io.sekisho.tracking.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.mail.topic.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/asyncapi.yaml} says of the events exactly what the code writes. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final EventsDocument document = EventsDocument.read();

    @ParameterizedTest
    @EnumSource
    void describesEveryFieldOfEveryKind(EventKind kind) {
        assertThat(document.faults("MailEvent", json(CompleteEvents.complete(kind))))
                .isEmpty();
        assertThat(document.faults("MailEvent", json(CompleteEvents.bare(kind))))
                .isEmpty();
    }

    @Test
    void describesPartsThatLackWhatTheyMayLack() {
        assertThat(document.faults("MailEvent", json(CompleteEvents.bareParts())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void describesTheHeadersOfEveryKind(EventKind kind) {
        for (MailEvent event : List.of(CompleteEvents.complete(kind), CompleteEvents.bare(kind))) {
            Map<String, String> headers =
                    CloudEventRecord.of(event, "/smtp-egress/pod-1").headers();
            assertThat(document.faults("CloudEventHeaders", JSON.valueToTree(headers)))
                    .isEmpty();
        }
    }

    @Test
    void describesNoFieldThatNoEventHas() {
        assertHasAllThatIsDescribed("MailEvent", json(CompleteEvents.complete(EventKind.BOUNCED)));
    }

    private void assertHasAllThatIsDescribed(String schema, JsonNode value) {
        document.schema(schema).path("properties").properties().forEach(property -> {
            JsonNode field = value.get(property.getKey());
            assertThat(field)
                    .as("%s.%s is described but never written", schema, property.getKey())
                    .isNotNull();
            reference(property.getValue()).ifPresent(part -> assertHasAllThatIsDescribed(part, field));
        });
    }

    /** A field is required exactly where it is always written. */
    @Test
    void requiresWhatIsAlwaysThere() {
        JsonNode bare = json(CompleteEvents.bareParts());
        assertRequired("MailEvent", json(CompleteEvents.bare(EventKind.HANDSHAKE_FAILED)));
        assertRequired("MessageFacts", bare.get("message"));
        assertRequired("Upstream", bare.at("/message/upstream"));
        assertRequired("Hop", bare.get("hop"));
        assertRequired("Tls", bare.at("/hop/tls"));
        assertRequired("AppliedPolicy", bare.get("policy"));
        assertRequired("Desired", bare.at("/policy/desired"));
        assertRequired("Reply", bare.get("reply"));
        assertRequired(
                "Certificate",
                json(CompleteEvents.complete(EventKind.DELIVERED)).at("/hop/tls/certificate"));
    }

    private void assertRequired(String schema, JsonNode bare) {
        assertThat(document.values("/components/schemas/" + schema + "/required"))
                .as("required of %s", schema)
                .containsExactlyInAnyOrderElementsOf(ImmutableList.copyOf(bare.fieldNames()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "kind", "at", "message", "attempt", "ledgerAbsent"})
    void noticesAMissingField(String field) {
        ObjectNode event = json(CompleteEvents.complete(EventKind.DELIVERED));
        event.remove(field);
        assertThat(document.faults("MailEvent", event)).isNotEmpty();
    }

    @Test
    void noticesAFieldThatIsNotDescribed() {
        ObjectNode event = json(CompleteEvents.complete(EventKind.DELIVERED));
        ((ObjectNode) event.at("/hop/tls")).put("surprise", 1);
        assertThat(document.faults("MailEvent", event))
                .singleElement()
                .asString()
                .contains("surprise");
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void namesTheValuesOfEveryClosedList(String pointer, List<String> values) {
        assertThat(document.values("/components/schemas/" + pointer + "/enum")).containsExactlyElementsOf(values);
    }

    static Stream<Arguments> enumerations() {
        List<String> versions = names(TlsVersion.values());
        return Stream.of(
                Arguments.of("EventKind", names(EventKind.values())),
                Arguments.of(
                        "CloudEventHeaders/properties/ce_type",
                        Arrays.stream(EventKind.values())
                                .map(kind -> CloudEventRecord.of(CompleteEvents.bare(kind), "/")
                                        .headers()
                                        .get("ce_type"))
                                .toList()),
                Arguments.of("BlockReason", names(BlockReason.values())),
                Arguments.of("AttemptFailure", names(AttemptFailure.values())),
                Arguments.of("Direction", names(Direction.values())),
                Arguments.of("Hop/properties/authentication", names(Authentication.values())),
                Arguments.of("AppliedPolicy/properties/verdict", names(Verdict.values())),
                Arguments.of("AppliedPolicy/properties/source", names(PolicySource.values())),
                Arguments.of("Desired/properties/level", names(SecurityLevel.values())),
                Arguments.of("Desired/properties/minimumVersion", versions),
                Arguments.of(
                        "SessionProtocol",
                        Stream.concat(Stream.of(TlsFacts.PLAIN), versions.stream())
                                .toList()));
    }

    @Test
    void showsExamplesThatAreEvents() {
        JsonNode examples = document.at("/components/messages/mailEvent/examples");
        assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
        for (JsonNode example : examples) {
            JsonNode payload = example.get("payload");
            JsonNode headers = example.get("headers");
            assertThat(document.faults("MailEvent", payload))
                    .as(example.get("name").asText())
                    .isEmpty();
            MailEvent event = WireJson.read(payload.toString(), MailEvent.class);
            assertThat(json(event)).isEqualTo(payload);
            assertThat(JSON.<JsonNode>valueToTree(
                            CloudEventRecord.of(event, headers.get("ce_source").asText())
                                    .headers()))
                    .isEqualTo(headers);
        }
    }

    @Test
    void namesTheTopicAndItsSize() {
        assertThat(document.at("/channels/mailEvents/address").asText()).isEqualTo(Topics.EVENTS);
        JsonNode kafka = document.at("/channels/mailEvents/bindings/kafka");
        assertThat(kafka.get("topic").asText()).isEqualTo(Topics.EVENTS);
        assertThat(kafka.at("/topicConfiguration/max.message.bytes").asInt()).isEqualTo(Topics.MAX_RECORD_BYTES);
    }

    private static Optional<String> reference(JsonNode schema) {
        return Optional.ofNullable(schema.get("$ref"))
                .map(pointer -> pointer.asText().substring("#/components/schemas/".length()));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> JSON.valueToTree(value).asText())
                .toList();
    }

    private static ObjectNode json(MailEvent event) {
        try {
            return (ObjectNode) JSON.readTree(WireJson.bytes(event));
        } catch (java.io.IOException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
