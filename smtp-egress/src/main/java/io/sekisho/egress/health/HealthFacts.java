package io.sekisho.egress.health;

import io.sekisho.egress.queue.QueueStatus;
import io.sekisho.mail.policy.PolicyRevision;
import java.util.List;
import java.util.Optional;

/** What the health checks want to know of the running service. Thread safety: all methods, none blocks. */
public interface HealthFacts {

    QueueStatus queue();

    /** Whether the thread that reads the queue runs. */
    boolean queueRuns();

    /** What is wrong with the topics. */
    List<String> topicDifferences();

    /** Why nothing can be decided; empty where the policy is known. */
    Optional<String> policyFault();

    /** The revision that decides now; empty where nothing can be decided. */
    Optional<PolicyRevision> policyRevision();

    /** Whether the schedule's tables are as this version needs them. */
    boolean isMigrated();

    boolean isLedgerPresent();
}
