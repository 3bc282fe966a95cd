package io.sekisho.tracking.search;

import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.delivery.Traffic;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which deliveries are asked for; all conditions hold together, of a set any value. What is absent or an empty set asks for nothing.
 *
 * @param from first {@code receivedAt} that counts
 * @param to first {@code receivedAt} that does not count any more
 * @param domain managed domain, in A-labels
 * @param sender reverse-path; {@code <>} stands for the null one
 * @param messageIdField the Message-ID field, with angle brackets; exact
 * @param upstreamTls {@code NONE} or labels of TLS versions
 * @param downstreamTls as {@code upstreamTls}; deliveries that reached no host have none and do not match
 */
public record MessageFilter(
        Optional<Instant> from,
        Optional<Instant> to,
        Set<Direction> directions,
        Optional<Glob> domain,
        Optional<Glob> sender,
        Optional<Glob> recipient,
        Optional<Glob> subject,
        Optional<String> messageIdField,
        Set<Traffic> traffic,
        Set<DeliveryStatus> statuses,
        Set<BlockReason> blockReasons,
        Set<String> upstreamTls,
        Set<String> downstreamTls,
        Optional<IpNetwork> clientNetwork) {

    /** How a filter spells the null reverse-path (RFC 5321 §4.5.5), which is stored as an empty text. */
    public static final String NULL_SENDER = "<>";

    public MessageFilter {
        directions = Set.copyOf(directions);
        traffic = Set.copyOf(traffic);
        statuses = Set.copyOf(statuses);
        blockReasons = Set.copyOf(blockReasons);
        upstreamTls = Set.copyOf(upstreamTls);
        downstreamTls = Set.copyOf(downstreamTls);
    }

    /** Whether a text is asked for that few deliveries have, and that an index knows. */
    public boolean namesFew() {
        return messageIdField.isPresent()
                || recipient.filter(Glob::beginsWithText).isPresent()
                || sender.filter(Glob::beginsWithText)
                        .filter(glob -> !glob.text().equals(NULL_SENDER))
                        .isPresent();
    }

    /** Whether only blocked traffic can match, even if it is not asked for by that name. */
    public boolean meansBlockedTraffic() {
        return !blockReasons.isEmpty() || statuses.equals(Set.of(DeliveryStatus.REJECTED));
    }
}
