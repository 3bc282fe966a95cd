package io.sekisho.tracking.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void keepsTheRecordAndSaysWhyAndWhereFrom() {
        ConsumerRecord<byte[], byte[]> record = record("no event".getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_id", "7".getBytes(StandardCharsets.UTF_8));
        DeadLetter letter = new DeadLetter(record, DeadLetterReason.NOT_AN_EVENT, "expected {");
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(text(letter, "ce_id")).isEqualTo("7");
        assertThat(text(letter, "dead-letter-reason")).isEqualTo("not-an-event");
        assertThat(text(letter, "dead-letter-cause")).isEqualTo("expected {");
        assertThat(text(letter, "dead-letter-topic")).isEqualTo(Topics.EVENTS);
        assertThat(text(letter, "dead-letter-partition")).isEqualTo("3");
        assertThat(text(letter, "dead-letter-offset")).isEqualTo("42");
        assertThat(text(letter, "dead-letter-consumer")).isEqualTo("tracking-service");
        assertThat(letter.headers().lastHeader("dead-letter-value-octets")).isNull();
    }

    @Test
    void keepsARecordWithoutValue() {
        assertThat(new DeadLetter(record(null), DeadLetterReason.NOT_AN_EVENT, "no value").value())
                .isNull();
    }

    @Test
    void cutsWhatWouldNotFitIntoTheTopicWithItsReasons() {
        ConsumerRecord<byte[], byte[]> record = record(new byte[Topics.MAX_RECORD_BYTES]);
        record.headers().add("huge", new byte[Topics.MAX_RECORD_BYTES]);
        DeadLetter letter = new DeadLetter(record, DeadLetterReason.TOO_LARGE, "x".repeat(100_000));
        int octets = letter.value().length;
        for (Header header : letter.headers()) {
            octets += header.key().length() + header.value().length;
        }
        assertThat(octets).isLessThan(Topics.MAX_RECORD_BYTES - 1_000);
        assertThat(text(letter, "dead-letter-value-octets")).isEqualTo(Integer.toString(Topics.MAX_RECORD_BYTES));
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(Topics.EVENTS, 3, 42, new byte[] {1}, value);
    }

    private static String text(DeadLetter letter, String header) {
        Headers headers = letter.headers();
        return new String(headers.lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
