package io.sekisho.rest;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where keys are verified when Redis cannot tell. Without it Redis is the only source. */
@ConfigMapping(prefix = "sekisho.policy")
public interface PolicyServiceAddress {

    /** {@code http://host:port} of policy-service. */
    Optional<String> url();

    /** An API key of role {@code service}. */
    Optional<String> serviceKey();
}
