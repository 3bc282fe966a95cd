package io.sekisho.egress.queue;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts a message of the gateway's own (a delivery report) into the intake queue, where it is mail as any other.
 *
 * <p>Thread safety: may be called from any thread.
 */
@FunctionalInterface
public interface QueueWriter {

    /**
     * Writes it when subscribed to; when the result arrives it is on all in-sync replicas.
     *
     * @param message its bytes, at most the inline limit
     */
    Uni<Void> write(Envelope envelope, byte[] message);

    /** Writes through a producer. */
    static QueueWriter through(DurableProducer producer) {
        return (envelope, message) -> {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.QUEUE, null, null, null, message);
            record.headers().add(Envelope.HEADER, WireJson.bytes(envelope));
            return producer.send(record).replaceWithVoid();
        };
    }
}
