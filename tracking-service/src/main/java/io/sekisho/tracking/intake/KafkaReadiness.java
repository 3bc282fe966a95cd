package io.sekisho.tracking.intake;

import io.sekisho.mail.topic.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while Kafka answers and the topics of this service are set so that nothing gets lost in them. */
@Readiness
@ApplicationScoped
class KafkaReadiness implements AsyncHealthCheck {
    private static final String NAME = "Kafka answers and its topics are set as they must be";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final Admin admin;
    private final Uni<List<String>> faults;

    KafkaReadiness(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        this.admin = Admin.create(settings);
        TopicCheck check = new TopicCheck(admin, List.of(Topics.EVENTS, Topics.DEAD_LETTER), PATIENCE);
        // However often someone asks, Kafka is asked once in this time.
        this.faults = Uni.createFrom()
                .deferred(check::faults)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(() -> List.of("Kafka at kafka.bootstrap.servers does not answer"))
                .onFailure()
                .recoverWithItem(failure -> List.of("Kafka at kafka.bootstrap.servers: " + failure.getMessage()))
                .memoize()
                .forFixedDuration(REMEMBERED);
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return faults.map(found -> {
            HealthCheckResponseBuilder answer = HealthCheckResponse.named(NAME).status(found.isEmpty());
            if (!found.isEmpty()) {
                answer.withData("missing", String.join("; ", found));
            }
            return answer.build();
        });
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
