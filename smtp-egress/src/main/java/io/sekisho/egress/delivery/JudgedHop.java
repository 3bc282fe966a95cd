package io.sekisho.egress.delivery;

import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.Hop;
import java.util.Optional;

/**
 * A session with a host, and whether it was good enough: what an event says of it.
 *
 * @param policy absent where the session ended before it could be judged
 */
public record JudgedHop(Hop hop, Optional<AppliedPolicy> policy) {}
