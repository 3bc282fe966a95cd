package io.sekisho.egress.queue;

import io.sekisho.mail.envelope.Envelope;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the intake queue, not yet looked into.
 *
 * @param envelope the bytes of the {@link Envelope#HEADER} header, absent where a stranger wrote the record
 * @param value the message, or empty where the envelope lists chunks
 */
// Handed on once and never compared; a copy of each message would cost what the budget saves.
@SuppressWarnings("ArrayRecordComponent")
public record QueueRecord(int partition, long offset, Optional<byte[]> envelope, byte[] value) {

    static QueueRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new QueueRecord(
                record.partition(),
                record.offset(),
                Optional.ofNullable(record.headers().lastHeader(Envelope.HEADER))
                        .map(header -> header.value()),
                record.value() == null ? new byte[0] : record.value());
    }

    /** What it takes of memory, about. */
    public int bytes() {
        return value.length + envelope.map(e -> e.length).orElse(0);
    }

    /** {@code 3@1207}: partition and offset, for people. */
    public String position() {
        return partition + "@" + offset;
    }
}
