package io.sekisho.egress.ledger;

import java.util.UUID;

/** Makes claims for ledgers of tests. */
public final class TestClaims {

    private TestClaims() {}

    public static LedgerClaim claim(UUID message, String recipient) {
        return new LedgerClaim(message, recipient, "token");
    }
}
