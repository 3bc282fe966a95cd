package io.sekisho.egress.event;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Publishes through the channel {@code mail-events}. The emitter buffers without bound, as the bounded ones drop what
 * comes too fast; the bound is that everyone waits for its own events, at most {@value #AT_ONCE} at a time.
 */
public final class ChannelEventPublisher implements EventPublisher {

    private static final Logger LOG = Logger.getLogger(ChannelEventPublisher.class);
    private static final int AT_ONCE = 32;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final MutinyEmitter<byte[]> emitter;
    private final String source;

    /** @param source {@code ce_source}: the service and the pod, as a URI reference */
    public ChannelEventPublisher(MutinyEmitter<byte[]> emitter, String source) {
        this.emitter = emitter;
        this.source = source;
    }

    @Override
    public Uni<Void> publish(List<MailEvent> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUni(this::publish)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> publish(MailEvent event) {
        return Uni.createFrom()
                .deferred(() -> emitter.sendMessage(message(event)))
                .onFailure()
                .invoke(failure -> LOG.warn(LogLine.of("event not published, trying again")
                        .with(LogKey.STATUS, event.kind())
                        .with(LogKey.CAUSE, failure)))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.2)
                .indefinitely();
    }

    private Message<byte[]> message(MailEvent event) {
        CloudEventRecord record = CloudEventRecord.of(event, source);
        RecordHeaders headers = new RecordHeaders();
        record.headerBytes().forEach(headers::add);
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(record.key())
                .withHeaders(headers)
                .build();
        return Message.of(record.data(), Metadata.of(metadata));
    }
}
