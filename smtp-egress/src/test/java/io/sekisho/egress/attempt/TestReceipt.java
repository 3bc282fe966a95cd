package io.sekisho.egress.attempt;

import io.sekisho.egress.queue.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is owed for a record, as a test sees it. */
final class TestReceipt implements Receipt {

    private final List<Runnable> whenRevoked = new ArrayList<>();
    private volatile boolean acknowledged;
    private volatile boolean revoked;
    private volatile String blocked;

    boolean isAcknowledged() {
        return acknowledged;
    }

    Optional<String> blocked() {
        return Optional.ofNullable(blocked);
    }

    void revoke() {
        revoked = true;
        List.copyOf(whenRevoked).forEach(Runnable::run);
    }

    @Override
    public void acknowledge() {
        acknowledged = true;
    }

    @Override
    public void block(String reason) {
        blocked = reason;
    }

    @Override
    public boolean isRevoked() {
        return revoked;
    }

    @Override
    public void onRevoked(Runnable action) {
        whenRevoked.add(action);
    }

    @Override
    public void onCommitted(Runnable action) {
        action.run();
    }
}
