package io.sekisho.tracking.intake;

import io.sekisho.mail.json.WireJson;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while no batch waits for something to come back. Nothing is lost meanwhile: the events stay in Kafka. */
@Readiness
@ApplicationScoped
class IntakeReadiness implements HealthCheck {
    private static final String NAME = "Events are stored as they come";

    private final Patience patience;

    IntakeReadiness(Patience patience) {
        this.patience = patience;
    }

    @Override
    public HealthCheckResponse call() {
        return patience.waiting()
                .map(wait -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("missing", "cannot " + wait.what() + ": " + wait.cause())
                        .withData("since", WireJson.text(wait.since()))
                        .build())
                .orElseGet(() -> HealthCheckResponse.up(NAME));
    }
}
