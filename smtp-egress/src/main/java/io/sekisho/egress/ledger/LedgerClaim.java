package io.sekisho.egress.ledger;

import io.sekisho.egress.delivery.Claim;
import java.util.UUID;

/**
 * The right to attempt one recipient of one message. Lost only when another pod is known to have taken it: while the
 * ledger is out of reach the attempt goes on.
 */
public final class LedgerClaim implements Claim {

    private final UUID message;
    private final String recipient;
    private final String token;
    private volatile boolean lost;

    LedgerClaim(UUID message, String recipient, String token) {
        this.message = message;
        this.recipient = recipient;
        this.token = token;
    }

    public UUID message() {
        return message;
    }

    public String recipient() {
        return recipient;
    }

    String token() {
        return token;
    }

    void lose() {
        lost = true;
    }

    @Override
    public boolean isHeld() {
        return !lost;
    }
}
