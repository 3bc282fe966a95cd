package io.sekisho.tracking.intake;

import io.sekisho.tracking.store.TrackedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event with the record that it came in. */
record ReceivedEvent(ConsumerRecord<byte[], byte[]> record, TrackedEvent event) {}
