package io.sekisho.policyclient.match;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Requirement;

/**
 * A rule that takes part in a decision, and why.
 *
 * @param id the peer's id, or one of {@code default:inbound:example.com}, {@code default:inbound} (nothing set),
 *     {@code relayTls:example.com}, {@code nextHopTls:example.com}
 * @param peer the managed domain where the rule is not about one peer
 * @param why one sentence for people
 */
public record MatchedRule(String id, Peer peer, Kind kind, Requirement requirement, String why) {

    /** By what a rule was found. */
    public enum Kind {
        ADDRESS,
        DOMAIN,
        DEFAULT,
        RELAY,
        NEXT_HOP
    }
}
