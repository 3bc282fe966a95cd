package io.sekisho.policyservice.publication;

/**
 * A change as it is written to Redis.
 *
 * @param kind a {@code KIND_} of {@link io.sekisho.mail.policy.PolicyKeys}
 * @param name a domain, or the hash of an API key
 */
record PublishedChange(long n, String kind, String name, Effect effect) {

    /** What becomes of the entry under the name. */
    sealed interface Effect {}

    /** It becomes this JSON. */
    record Put(String json) implements Effect {}

    /** It was deleted. */
    record Remove() implements Effect {}

    /** An earlier change of the same batch has already brought it to the state that it has after this one. */
    record Keep() implements Effect {}
}
