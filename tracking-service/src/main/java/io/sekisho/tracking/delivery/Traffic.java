package io.sekisho.tracking.delivery;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import java.util.Optional;

/** Under which of the two lists of mail tracking a delivery stands; a closed list. */
public enum Traffic {
    ACCEPTED("Accepted traffic", "許可されたトラフィック"),
    BLOCKED("Blocked traffic", "ブロックされたトラフィック");

    private final String english;
    private final String japanese;

    Traffic(String english, String japanese) {
        this.english = english;
        this.japanese = japanese;
    }

    public String english() {
        return english;
    }

    public String japanese() {
        return japanese;
    }

    /**
     * Refused mail is blocked; mail that was accepted is blocked only where policy ended it. What an operator cancelled, or what waits for one
     * in quarantine, was accepted.
     *
     * @param reason of the event that set the status
     */
    public static Traffic of(DeliveryStatus status, Optional<BlockReason> reason) {
        return switch (status) {
            case REJECTED -> BLOCKED;
            case BOUNCED, EXPIRED -> reason.isPresent() ? BLOCKED : ACCEPTED;
            case QUEUED, DEFERRED, DELIVERED, CANCELLED, QUARANTINED -> ACCEPTED;
        };
    }
}
