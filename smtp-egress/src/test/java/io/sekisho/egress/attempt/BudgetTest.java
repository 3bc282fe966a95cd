package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private final Budget budget = new Budget(2, 100);

    @Test
    void hasNoRoomForMoreMessagesThanItsBound() {
        Budget.Share first = budget.take(1, 1);
        budget.take(1, 1);
        assertThat(budget.hasRoom()).isFalse();
        first.finished();
        assertThat(budget.hasRoom()).isTrue();
    }

    @Test
    void hasNoRoomForMoreBytesThanItsBound() {
        Budget.Share first = budget.take(10, 95);
        assertThat(budget.hasRoom()).isFalse();
        first.contentGone();
        assertThat(budget.hasRoom()).isTrue();
        assertThat(budget.bytesHeld()).isEqualTo(10);
    }

    @Test
    void givesEachPartBackOnce() {
        Budget.Share share = budget.take(10, 20);
        share.parked();
        share.parked();
        share.contentGone();
        assertThat(budget.messagesHeld()).isZero();
        assertThat(budget.bytesHeld()).isEqualTo(10);
        share.finished();
        share.finished();
        assertThat(budget.bytesHeld()).isZero();
        assertThat(budget.messagesHeld()).isZero();
    }
}
