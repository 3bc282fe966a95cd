package io.sekisho.egress.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What the decision about a failure depends on beside the failure.
 *
 * @param history before this attempt
 * @param tlsGiveUpAfter of the requirement of this attempt; {@code PT0S}: at the first TLS failure
 * @param now when the attempt ended
 */
public record Circumstances(UUID message, Instant receivedAt, History history, Duration tlsGiveUpAfter, Instant now) {}
