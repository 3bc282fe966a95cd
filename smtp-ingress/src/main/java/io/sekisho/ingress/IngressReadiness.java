package io.sekisho.ingress;

import io.sekisho.ingress.queue.KafkaMailQueue.TopicState;
import io.sekisho.policyclient.PolicyState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the policy may decide, Kafka's topics are as they must be, the listener is open. What is missing is said. */
@ApplicationScoped
class IngressReadiness {

    private static final String REASON = "reason";

    private final Ingress ingress;

    IngressReadiness(Ingress ingress) {
        this.ingress = ingress;
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck policy() {
        return () -> switch (ingress.policy()) {
            case PolicyState.Usable usable ->
                HealthCheckResponse.named("policy")
                        .up()
                        .withData("policyRevision", usable.table().revision().toString())
                        .withData("domains", usable.table().size())
                        .withData("source", usable.source().name())
                        .build();
            case PolicyState.Unusable(String reason) -> answer("policy", Optional.of(reason));
        };
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck topics() {
        return () -> answer(
                "kafka-topics",
                switch (ingress.topics()) {
                    case TopicState.Fit fit -> ingress.queueClosed();
                    case TopicState.Unfit(String reason) -> Optional.of(reason);
                    case TopicState.Unknown(String reason) -> Optional.of(reason);
                });
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck listener() {
        return () -> answer(
                "smtp-listener",
                ingress.isListening() ? Optional.empty() : Optional.of("the listener is not open, or going down"));
    }

    private static HealthCheckResponse answer(String name, Optional<String> missing) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(missing.isEmpty());
        missing.ifPresent(reason -> answer.withData(REASON, reason));
        return answer.build();
    }
}
