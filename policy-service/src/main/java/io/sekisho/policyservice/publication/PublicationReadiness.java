package io.sekisho.policyservice.publication;

import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Shows what the publisher does. Always up: without Redis this service is what the gateway falls back to. */
@Readiness
@Singleton
public class PublicationReadiness implements HealthCheck {
    private final PublisherState state;

    PublicationReadiness(PublisherState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        PublisherState.Snapshot now = state.now();
        return HealthCheckResponse.named("policy publication")
                .up()
                .withData("state", now.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .withData("epoch", now.epoch())
                .withData("current", now.current())
                .withData("published", now.published())
                .withData("lag", now.lag())
                .build();
    }
}
