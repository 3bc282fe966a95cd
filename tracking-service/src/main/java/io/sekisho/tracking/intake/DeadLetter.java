package io.sekisho.tracking.intake;

import io.sekisho.mail.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that cannot become an event: kept whole in {@link Topics#DEAD_LETTER}, its own headers included, with headers that say why and
 * where it came from.
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String explanation) {
    private static final int LONGEST_EXPLANATION = 500;

    /** Room for headers below the size that a topic takes. */
    private static final int ROOM_FOR_HEADERS = 128 * 1024;

    /** The value, cut where record and headers would be larger than the topic takes; its place in the other topic is in the headers. */
    byte[] value() {
        byte[] value = record.value();
        int most = Topics.MAX_RECORD_BYTES - ROOM_FOR_HEADERS;
        return value != null && value.length > most ? Arrays.copyOf(value, most) : value;
    }

    Headers headers() {
        RecordHeaders headers = new RecordHeaders();
        int octets = 0;
        for (Header header : record.headers()) {
            octets += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (octets > ROOM_FOR_HEADERS / 2) {
                break;
            }
            headers.add(header);
        }
        add(headers, "dead-letter-reason", reason.label());
        add(headers, "dead-letter-cause", shortened(explanation));
        add(headers, "dead-letter-topic", record.topic());
        add(headers, "dead-letter-partition", Integer.toString(record.partition()));
        add(headers, "dead-letter-offset", Long.toString(record.offset()));
        add(headers, "dead-letter-consumer", "tracking-service");
        if (value() != null && value().length != record.value().length) {
            add(headers, "dead-letter-value-octets", Integer.toString(record.value().length));
        }
        return headers;
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_EXPLANATION ? text.substring(0, LONGEST_EXPLANATION) + "…" : text;
    }
}
