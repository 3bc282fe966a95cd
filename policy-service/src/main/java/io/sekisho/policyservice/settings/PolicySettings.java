package io.sekisho.policyservice.settings;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The configuration of policy-service, beside Quarkus' own keys for its database and Redis. */
@ConfigMapping(prefix = "sekisho")
public interface PolicySettings {

    Bootstrap bootstrap();

    /**
     * CIDR blocks within which relay sources may be shorter than /24 (IPv4) or /48 (IPv6). Never a load balancer's: whoever comes through it
     * would be a relay source.
     */
    Optional<List<String>> allowedRelayNetworks();

    /** The first keys, from a secret; only their hashes are stored. */
    interface Bootstrap {

        /** An API key ({@code sk_…}) of role {@code admin}. */
        String adminKey();

        /** An API key ({@code sk_…}) of role {@code service}, for ingress, egress and tracking. */
        String serviceKey();
    }
}
