package io.sekisho.ingress.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class KafkaEventLogTest {

    private final List<Message<byte[]>> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);
    private final KafkaEventLog log = new KafkaEventLog(channel(), "/smtp-ingress/test", 3);

    @Test
    void writesACloudEventUnderTheKeyOfItsMessage() {
        MailEvent event = event();

        assertThat(log.reserve(1)).isTrue();
        log.write(List.of(event)).await().atMost(Duration.ofSeconds(5));

        OutgoingKafkaRecordMetadata<?> metadata =
                sent.getFirst().getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
        assertThat((byte[]) metadata.getKey()).isEqualTo(event.id().toString().getBytes(StandardCharsets.UTF_8));
        assertThat(metadata.getHeaders().lastHeader("ce_source").value())
                .isEqualTo("/smtp-ingress/test".getBytes(StandardCharsets.UTF_8));
        assertThat(CloudEventRecord.read(sent.getFirst().getPayload())).isEqualTo(event);
        assertThat(log.taken()).isZero();
    }

    @Test
    void sendsAgainUntilItSucceeds() {
        failures.set(2);
        assertThat(log.reserve(1)).isTrue();

        log.write(List.of(event())).await().atMost(Duration.ofSeconds(20));

        assertThat(sent).hasSize(3);
        assertThat(log.taken()).isZero();
    }

    @Test
    void goesOnThoughNobodyWaits() {
        acknowledged = new CompletableFuture<>();
        assertThat(log.reserve(1)).isTrue();
        log.write(List.of(event())).subscribe().with(done -> {}).cancel();
        assertThat(log.taken()).isEqualTo(1);

        acknowledged.complete(null);

        assertThat(log.taken()).isZero();
    }

    @Test
    void waitsForTheLastEventsButNotForEver() {
        acknowledged = new CompletableFuture<>();
        assertThat(log.reserve(1)).isTrue();
        log.write(List.of(event())).subscribe().with(done -> {});

        log.drain(Duration.ofMillis(200)).await().atMost(Duration.ofSeconds(5));
        assertThat(log.taken()).isEqualTo(1);
        acknowledged.complete(null);
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

    private static MailEvent event() {
        return MailEvent.ofConnection(UUID.randomUUID(), EventKind.HANDSHAKE_FAILED, Instant.EPOCH);
    }

    @SuppressWarnings("unchecked")
    private MutinyEmitter<byte[]> channel() {
        return (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MutinyEmitter.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("sendMessage");
                    sent.add((Message<byte[]>) arguments[0]);
                    return failures.getAndDecrement() > 0
                            ? Uni.createFrom().failure(new IllegalStateException("not taken"))
                            : Uni.createFrom().completionStage(acknowledged);
                });
    }
}
