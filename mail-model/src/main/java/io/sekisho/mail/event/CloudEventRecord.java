package io.sekisho.mail.event;

import io.sekisho.mail.json.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as a Kafka record in the CloudEvents 1.0 binary mode: attributes in headers, the {@link MailEvent} as JSON in
 * the value, the message id as the key, so that the events of a message stay in order.
 *
 * @param key of the record
 * @param headers in the order in which they are written
 * @param event whose JSON is the value of the record
 */
public record CloudEventRecord(String key, Map<String, String> headers, MailEvent event) {

    private static final String TYPE_PREFIX = "io.sekisho.mail.";

    /**
     * The record of an event.
     *
     * @param source the service that tells it, a URI reference such as {@code /smtp-ingress/pod-1}
     */
    public static CloudEventRecord of(MailEvent event, String source) {
        String key = event.message().map(m -> m.id()).orElse(event.id()).toString();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", event.id().toString());
        headers.put("ce_source", source);
        headers.put("ce_type", TYPE_PREFIX + event.kind().name());
        headers.put("ce_subject", key);
        headers.put("ce_time", WireJson.text(event.at()));
        headers.put("content-type", "application/json");
        return new CloudEventRecord(key, headers, event);
    }

    /** The value of the record. */
    public byte[] data() {
        return WireJson.bytes(event);
    }

    /** The headers as Kafka takes them. */
    public Map<String, byte[]> headerBytes() {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        headers.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    /**
     * The event in a record's value.
     *
     * @throws java.io.UncheckedIOException where the value is no event
     */
    public static MailEvent read(byte[] data) {
        return WireJson.read(data, MailEvent.class);
    }
}
