package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpNetwork;
import java.util.List;

/**
 * What a client does in one pod, or in several.
 *
 * @param counts one for each {@link ClientLimit}, at its place
 */
record ClientShare(IpNetwork client, List<Integer> counts) {

    ClientShare {
        counts = List.copyOf(counts);
        if (counts.size() != ClientLimit.COUNT) {
            throw new IllegalArgumentException("a share has " + ClientLimit.COUNT + " counts, not " + counts);
        }
    }
}
