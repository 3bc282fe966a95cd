package io.sekisho.ingress.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final KafkaEventLog log = new KafkaEventLog(producer, "/smtp-ingress/test", 3);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void writesACloudEventUnderTheKeyOfItsMessage() {
        MailEvent event = event();

        assertThat(log.reserve(1)).isTrue();
        var written = log.write(List.of(event)).subscribeAsCompletionStage();
        awaitSent(1);
        producer.completeNext();

        assertThat(written).succeedsWithin(Duration.ofSeconds(5));
        ProducerRecord<byte[], byte[]> record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo(Topics.EVENTS);
        assertThat(record.key()).isEqualTo(event.id().toString().getBytes(StandardCharsets.UTF_8));
        assertThat(record.headers().lastHeader("ce_source").value())
                .isEqualTo("/smtp-ingress/test".getBytes(StandardCharsets.UTF_8));
        assertThat(CloudEventRecord.read(record.value())).isEqualTo(event);
        assertThat(log.taken()).isZero();
    }

    @Test
    void keepsTheOrderOfEvents() {
        MailEvent first = event();
        MailEvent second = event();

        assertThat(log.reserve(2)).isTrue();
        log.begin(List.of(first, second));
        awaitSent(2);

        assertThat(producer.history())
                .extracting(record -> CloudEventRecord.read(record.value()))
                .containsExactly(first, second);
    }

    @Test
    void sendsAgainUntilItSucceeds() {
        assertThat(log.reserve(1)).isTrue();
        var written = log.write(List.of(event())).subscribeAsCompletionStage();

        awaitSent(1);
        producer.errorNext(new IllegalStateException("not taken"));
        awaitSent(2);
        producer.errorNext(new IllegalStateException("not taken"));
        awaitSent(3);
        assertThat(written).isNotDone();
        assertThat(log.taken()).isEqualTo(1);
        producer.completeNext();

        assertThat(written).succeedsWithin(Duration.ofSeconds(5));
        assertThat(log.taken()).isZero();
    }

    @Test
    void goesOnThoughNobodyWaits() {
        assertThat(log.reserve(1)).isTrue();
        log.write(List.of(event())).subscribe().with(done -> {}).cancel();
        awaitSent(1);
        assertThat(log.taken()).isEqualTo(1);

        producer.completeNext();

        assertThat(log.taken()).isZero();
    }

    @Test
    void tellsOneWhoWaitsThoughAnotherHasGivenUp() {
        assertThat(log.reserve(1)).isTrue();
        Uni<Void> written = log.write(List.of(event()));
        var waiting = written.subscribeAsCompletionStage();
        written.subscribe().with(done -> {}).cancel();
        awaitSent(1);

        producer.completeNext();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void waitsForTheLastEventsButNotForEver() {
        assertThat(log.reserve(1)).isTrue();
        log.begin(List.of(event()));
        awaitSent(1);

        log.drain(Duration.ofMillis(200)).await().atMost(Duration.ofSeconds(5));
        assertThat(log.taken()).isEqualTo(1);
        producer.completeNext();
        log.drain(Duration.ofMinutes(1)).await().atMost(Duration.ofSeconds(5));

        assertThat(log.taken()).isZero();
    }

    @Test
    void hasNoMorePlacesThanItMay() {
        assertThat(log.reserve(2)).isTrue();
        assertThat(log.reserve(2)).isFalse();
        assertThat(log.reserve(1)).isTrue();
        log.release(3);
        assertThat(log.taken()).isZero();
    }

    private void awaitSent(int events) {
        await().atMost(Duration.ofSeconds(20)).until(() -> producer.history().size() == events);
    }

    private static MailEvent event() {
        return MailEvent.ofConnection(UUID.randomUUID(), EventKind.HANDSHAKE_FAILED, Instant.EPOCH);
    }
}
