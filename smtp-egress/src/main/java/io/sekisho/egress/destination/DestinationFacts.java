package io.sekisho.egress.destination;

import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * What the pods have written of a destination, for people.
 *
 * @param name as in {@code schedule.route}: a domain, or {@code host:port} of a static route
 * @param concurrency attempts at once, of all pods together; 1 or more
 * @param suspendedUntil when one attempt may show whether it answers again, perhaps in the past; empty where it is open
 * @param lastReply of its last trouble, where a host said something
 * @param lastDetail what its last trouble was, one sentence
 * @param lastTrouble when that was
 */
public record DestinationFacts(
        String name,
        int concurrency,
        Optional<Instant> suspendedUntil,
        Optional<ReplyFacts> lastReply,
        Optional<String> lastDetail,
        Optional<Instant> lastTrouble) {}
