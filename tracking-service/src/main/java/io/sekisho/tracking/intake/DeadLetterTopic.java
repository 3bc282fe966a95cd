package io.sekisho.tracking.intake;

import io.sekisho.tracking.log.LogKey;
import io.sekisho.tracking.log.LogLine;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** Writes dead letters, one after the other, each until Kafka has acknowledged it. */
@ApplicationScoped
class DeadLetterTopic {
    private static final Logger LOG = Logger.getLogger(DeadLetterTopic.class);

    private final MutinyEmitter<byte[]> topic;
    private final Patience patience;
    private final IntakeCounters counters;

    DeadLetterTopic(@Channel("dead-letters") MutinyEmitter<byte[]> topic, Patience patience, IntakeCounters counters) {
        this.topic = topic;
        this.patience = patience;
        this.counters = counters;
    }

    /** Returns when all are written. */
    Uni<Void> write(List<DeadLetter> letters) {
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(this::write)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> write(DeadLetter letter) {
        return patience.untilItWorks(
                        "write a dead letter to Kafka", () -> topic.sendMessage(message(letter)), failure -> true)
                .invoke(() -> {
                    counters.deadLettered(letter.reason());
                    LOG.warn(LogLine.of("record is no event")
                            .with(LogKey.REASON, letter.reason().label())
                            .with(LogKey.CAUSE, letter.explanation())
                            .with(LogKey.TOPIC, letter.record().topic())
                            .with(LogKey.PARTITION, letter.record().partition())
                            .with(LogKey.OFFSET, letter.record().offset()));
                });
    }

    private static Message<byte[]> message(DeadLetter letter) {
        OutgoingKafkaRecordMetadata<byte[]> place = OutgoingKafkaRecordMetadata.<byte[]>builder()
                .withKey(letter.record().key())
                .withHeaders(letter.headers())
                .build();
        return Message.of(letter.value(), Metadata.of(place));
    }
}
