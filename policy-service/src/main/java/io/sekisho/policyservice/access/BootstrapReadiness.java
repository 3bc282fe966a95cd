package io.sekisho.policyservice.access;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the configured keys are stored: before that nobody can be let in. */
@Readiness
@Singleton
public class BootstrapReadiness implements HealthCheck {
    private final BootstrapKeys keys;

    BootstrapReadiness(BootstrapKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bootstrap keys")
                .status(keys.areStored())
                .build();
    }
}
