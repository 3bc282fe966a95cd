package io.sekisho.ingress.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.queue.KafkaMailQueue.TopicState;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.topic.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** What a real broker says of topics that are fit, changed, gone, and when it says nothing. */
class TopicCheckTest {

    @Test
    void saysWhatDiffersWhatIsMissingAndThatKafkaDoesNotAnswer() throws Exception {
        try (Infrastructure kafka = LocalStack.start(EnumSet.of(Piece.KAFKA));
                Admin admin = Admin.create(Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "default.api.timeout.ms",
                        "3000",
                        "request.timeout.ms",
                        "1000"))) {
            TopicCheck check = new TopicCheck(admin);
            String id = admin.describeTopics(List.of(Topics.CONTENT))
                    .allTopicNames()
                    .get()
                    .get(Topics.CONTENT)
                    .topicId()
                    .toString();
            assertThat(ask(check)).isEqualTo(new TopicState.Fit(id));

            alter(admin, Topics.QUEUE, "retention.ms", "1000");
            await().untilAsserted(() -> assertThat(ask(check))
                    .isEqualTo(new TopicState.Unfit("topic sekisho.mail.queue has retention.ms=1000, must be -1")));

            admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
            await().untilAsserted(() -> assertThat(ask(check))
                    .isInstanceOfSatisfying(
                            TopicState.Unfit.class,
                            unfit -> assertThat(unfit.reason()).contains("missing", Topics.EVENTS)));

            kafka.kill(Piece.KAFKA);
            assertThat(ask(check)).isInstanceOf(TopicState.Unknown.class);
        }
    }

    private static TopicState ask(TopicCheck check) {
        return check.check().await().atMost(Duration.ofSeconds(20));
    }

    private static void alter(Admin admin, String topic, String key, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
