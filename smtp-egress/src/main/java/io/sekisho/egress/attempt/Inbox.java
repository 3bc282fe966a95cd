package io.sekisho.egress.attempt;

import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.queue.Receipt;

/**
 * Where a message in hand came from, and what is owed there.
 *
 * <p>Thread safety: all methods.
 */
interface Inbox {

    Ledger.Origin origin();

    /** The input need not come again. */
    void acknowledge();

    /** What was not begun must not be begun any more. */
    boolean isRevoked();

    /** Run when what was not begun must not be begun any more. */
    void onRevoked(Runnable action);

    /** Run when the input will never come again. */
    void onForgotten(Runnable action);

    /** Of mail from the schedule: what is owed are its rows. */
    Inbox SCHEDULE = new Inbox() {
        @Override
        public Ledger.Origin origin() {
            return Ledger.Origin.SCHEDULE;
        }

        @Override
        public void acknowledge() {
            // Each row goes, or gets its next time, by itself.
        }

        @Override
        public boolean isRevoked() {
            return false;
        }

        @Override
        public void onRevoked(Runnable action) {
            // A lease that is renewed is not taken away.
        }

        @Override
        public void onForgotten(Runnable action) {
            // Each recipient is settled when its row is gone.
        }
    };

    /** Of mail from the intake queue. */
    static Inbox of(Receipt receipt) {
        return new Inbox() {
            @Override
            public Ledger.Origin origin() {
                return Ledger.Origin.QUEUE;
            }

            @Override
            public void acknowledge() {
                receipt.acknowledge();
            }

            @Override
            public boolean isRevoked() {
                return receipt.isRevoked();
            }

            @Override
            public void onRevoked(Runnable action) {
                receipt.onRevoked(action);
            }

            @Override
            public void onForgotten(Runnable action) {
                receipt.onCommitted(action);
            }
        };
    }
}
