package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Three Kafka nodes hold mail as a cluster does: one may be missed, two may not. */
class KafkaNodesTest {

    @Test
    void missesOneNodeButNotTwo() throws Exception {
        assumeTrue(
                InfrastructureChoice.fromEnvironment().resolve(EnumSet.of(Piece.KAFKA)) == InfrastructureKind.EMBEDDED,
                "several Kafka nodes run as child processes only");
        try (Infrastructure stack =
                LocalStack.with(EnumSet.of(Piece.KAFKA)).kafkaNodes(3).start()) {
            assertThat(stack.servers(Piece.KAFKA))
                    .extracting(Server::name)
                    .containsExactly("kafka", "kafka-2", "kafka-3");
            assertThat(settings(stack)).contains(Map.entry("min.insync.replicas", "2"));
            assertThat(TopicSettings.replicated(Topics.QUEUE).differences(settings(stack)))
                    .isEmpty();

            stack.servers(Piece.KAFKA).getFirst().kill();
            produce(stack, "60000");
            stack.servers(Piece.KAFKA).get(1).kill();
            assertThatThrownBy(() -> produce(stack, "3000")).hasCauseInstanceOf(TimeoutException.class);

            stack.servers(Piece.KAFKA).get(1).restart();
            produce(stack, "60000");
        }
    }

    private static Map<String, String> settings(Infrastructure stack) throws Exception {
        ConfigResource queue = new ConfigResource(ConfigResource.Type.TOPIC, Topics.QUEUE);
        Map<String, String> settings = new java.util.HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.describeConfigs(java.util.List.of(queue))
                    .all()
                    .get()
                    .get(queue)
                    .entries()
                    .forEach(entry -> settings.put(entry.name(), entry.value()));
        }
        return settings;
    }

    /** Returns when two nodes have it, or fails when they have not in time. */
    private static void produce(Infrastructure stack, String millis) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "acks",
                "all",
                // An idempotent producer asks the brokers for an id first, and while they cannot give one no time-out
                // of its runs.
                "enable.idempotence",
                false,
                "request.timeout.ms",
                "2000",
                "linger.ms",
                "0",
                "max.block.ms",
                millis,
                "delivery.timeout.ms",
                millis);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            producer.send(new ProducerRecord<>(Topics.QUEUE, "kept")).get();
        } finally {
            // What is sent was waited for; no broker is worth waiting for at the end.
            producer.close(Duration.ZERO);
        }
    }
}
