package io.sekisho.ingress.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A client waits for an answer, whatever the producer waits for. */
class KafkaWriterTest {

    private static final ProducerRecord<byte[], byte[]> RECORD = new ProducerRecord<>("topic", new byte[1]);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void givesUpAProducerThatNeverAnswers() {
        try (KafkaWriter writer = new KafkaWriter(producer, Duration.ofMillis(50), "never")) {
            assertThatThrownBy(() -> writer.write(() -> RECORD).await().atMost(Duration.ofSeconds(20)))
                    .isInstanceOf(KafkaWriteException.class)
                    .hasMessageContaining("Kafka did not answer within");
            assertThat(producer.history()).hasSize(1);
        }
    }
}
