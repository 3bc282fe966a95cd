package io.sekisho.egress.ledger;

import io.sekisho.mail.envelope.MessageIds;
import java.time.Instant;

/**
 * Who claims and leases. A claim of an earlier incarnation of the same pod is dead for certain, so nobody waits for it; the
 * name must therefore belong to one process at a time.
 *
 * @param pod {@code [A-Za-z0-9.-]+}
 * @param incarnation this process
 */
public record PodIdentity(String pod, String incarnation) {

    public PodIdentity {
        if (!pod.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "'" + pod + "' is no pod name: letters, digits, dots, hyphens and underscores, 1 to 200");
        }
    }

    /** This process under a pod's name. */
    public static PodIdentity of(String pod) {
        return new PodIdentity(pod, MessageIds.at(Instant.now()).toString());
    }

    /** {@code pod/incarnation}. */
    @Override
    public String toString() {
        return pod + "/" + incarnation;
    }
}
