package io.sekisho.policyclient;

import java.time.Duration;

/**
 * Where the policy is to be had.
 *
 * @param redisUri {@code redis://host:port}
 * @param policyServiceUrl base of the fallback, {@code http://host:port}
 * @param serviceKey an API key of role {@code service}
 * @param maxStale how long a table that is no longer fresh may decide; PT0S to P1D
 */
public record PolicyClientSettings(String redisUri, String policyServiceUrl, String serviceKey, Duration maxStale) {

    /** What the change stream and the fallback may be behind and still count as fresh. */
    public static final Duration FRESH_FOR = Duration.ofSeconds(5);

    public PolicyClientSettings {
        if (maxStale.isNegative() || maxStale.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("policy.max-stale must be between PT0S and P1D, not " + maxStale);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "redis=" + redisUri + " policyService=" + policyServiceUrl + " maxStale=" + maxStale;
    }
}
