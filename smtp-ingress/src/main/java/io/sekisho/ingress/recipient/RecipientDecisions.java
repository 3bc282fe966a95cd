package io.sekisho.ingress.recipient;

/** Who decides about recipients. Never blocks; "could not decide" is a refusal with 451. */
@FunctionalInterface
public interface RecipientDecisions {

    RecipientDecision decide(RecipientRequest request);
}
