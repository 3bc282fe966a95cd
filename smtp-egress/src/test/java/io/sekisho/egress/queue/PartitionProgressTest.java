package io.sekisho.egress.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress(10);

    @Test
    void hasNothingToCommitBeforeTheFirstRecord() {
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void commitsOnlyUpToTheFirstRecordThatIsNotDone() {
        progress.handedOver(10);
        progress.handedOver(11);
        progress.handedOver(12);
        progress.acknowledged(12);
        assertThat(progress.committable()).isEmpty();
        progress.acknowledged(10);
        assertThat(progress.committable()).hasValue(11);
        progress.acknowledged(11);
        assertThat(progress.committable()).hasValue(13);
    }

    @Test
    void commitsOverGapsInTheOffsets() {
        progress.handedOver(10);
        progress.handedOver(40);
        progress.acknowledged(10);
        assertThat(progress.committable()).hasValue(40);
        progress.acknowledged(40);
        assertThat(progress.committable()).hasValue(41);
    }

    @Test
    void commitsNothingTwice() {
        progress.handedOver(10);
        progress.acknowledged(10);
        progress.committed(11);
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void countsWhatLiesAboveTheCommittedOffsetEvenIfItIsDone() {
        progress.handedOver(10);
        progress.handedOver(11);
        progress.handedOver(12);
        progress.acknowledged(11);
        progress.acknowledged(12);
        assertThat(progress.aboveCommitted()).isEqualTo(3);
        progress.acknowledged(10);
        progress.committed(13);
        assertThat(progress.aboveCommitted()).isZero();
    }

    @Test
    void neverCommitsARecordThatIsNotDoneWhateverTheOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            PartitionProgress any = new PartitionProgress(0);
            List<Long> open = new ArrayList<>();
            for (long offset = 0; offset < 50; offset++) {
                any.handedOver(offset);
                open.add(offset);
            }
            Collections.shuffle(open, random);
            while (!open.isEmpty()) {
                any.acknowledged(open.remove(open.size() - 1));
                long lowestOpen = open.stream().min(Long::compare).orElse(50L);
                OptionalLong committable = any.committable();
                committable.ifPresent(offset -> {
                    assertThat(offset).isEqualTo(lowestOpen);
                    any.committed(offset);
                });
            }
            assertThat(any.committed()).isEqualTo(50);
        }
    }
}
