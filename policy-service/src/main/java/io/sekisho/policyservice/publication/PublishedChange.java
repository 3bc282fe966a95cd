package io.sekisho.policyservice.publication;

import java.util.Optional;

/**
 * A change as it is written to Redis.
 *
 * @param kind a {@code KIND_} of {@link io.sekisho.mail.policy.PolicyKeys}
 * @param name a domain, or the hash of an API key
 * @param json what stands under the name now; empty where it was deleted
 */
record PublishedChange(long n, String kind, String name, Optional<String> json) {}
