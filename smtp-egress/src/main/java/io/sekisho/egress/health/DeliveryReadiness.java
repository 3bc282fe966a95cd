package io.sekisho.egress.health;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when mail can go all its ways; what is missing stands in the answer. Not being ready stops nothing: what can be
 * delivered is delivered. PostgreSQL has a check of its own beside this one.
 */
@Readiness
final class DeliveryReadiness implements HealthCheck {

    private final HealthFacts facts;

    DeliveryReadiness(HealthFacts facts) {
        this.facts = facts;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> missing = new ArrayList<>(facts.topicDifferences());
        missing.addAll(facts.queue().blocked());
        facts.policyFault().ifPresent(fault -> missing.add("the policy is not known: " + fault));
        if (!facts.queue().started()) {
            missing.add("the queue is not read yet");
        }
        if (!facts.isMigrated()) {
            missing.add("the schedule's tables were not checked yet: PostgreSQL does not answer, or refuses");
        }
        HealthCheckResponseBuilder response = HealthCheckResponse.named("delivery")
                .status(missing.isEmpty())
                .withData("partitions", facts.queue().assigned())
                // Its absence keeps no mail back.
                .withData("ledger", facts.isLedgerPresent() ? "present" : "absent");
        facts.policyRevision().ifPresent(revision -> response.withData("policyRevision", revision.toString()));
        if (!missing.isEmpty()) {
            response.withData("missing", String.join("; ", missing));
        }
        return response.build();
    }
}
