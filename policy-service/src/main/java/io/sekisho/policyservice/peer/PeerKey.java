package io.sekisho.policyservice.peer;

import io.sekisho.mail.policy.Direction;

/** What a domain has only one peer of. */
record PeerKey(Direction direction, String peer) {

    static PeerKey of(PeerSettings settings) {
        return new PeerKey(settings.direction(), settings.peer().text());
    }
}
