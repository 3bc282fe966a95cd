package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpNetwork;

/**
 * A client was refused something.
 *
 * @param client its address, or the IPv6 block that counts as one
 * @param allowed how much of it there may be
 * @param occurrence whether it is the first of this client, limit and minute
 */
public record LimitExceeded(IpNetwork client, ClientLimit limit, int allowed, Occurrence occurrence) {

    /** Whether this was told already. */
    public enum Occurrence {
        FIRST,
        REPEATED
    }
}
