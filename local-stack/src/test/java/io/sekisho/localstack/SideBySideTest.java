package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void failureInterruptsTheOthersAndIsThrown() {
        Queue<String> interrupted = new ConcurrentLinkedQueue<>();
        CountDownLatch waiting = new CountDownLatch(1);

        assertThatThrownBy(() -> SideBySide.forEach(List.of("waits", "fails"), what -> {
                    try {
                        if (what.equals("waits")) {
                            waiting.countDown();
                            new CountDownLatch(1).await();
                        }
                        waiting.await();
                    } catch (InterruptedException e) {
                        interrupted.add(what);
                        return;
                    }
                    throw new StackFailure("no cheese");
                }))
                .isInstanceOf(StackFailure.class)
                .hasMessage("no cheese");

        assertThat(interrupted).containsExactly("waits");
    }

    @Test
    void endIsReachedWithEveryThingInSpiteOfFailureAndInterrupt() {
        Queue<String> done = new ConcurrentLinkedQueue<>();
        CountDownLatch failing = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> SideBySide.toTheEnd(List.of("fails", "ends"), what -> {
                    if (what.equals("fails")) {
                        failing.countDown();
                        throw new StackFailure("no cheese");
                    }
                    try {
                        failing.await();
                        done.add(what);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .hasMessage("no cheese");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly("ends");
    }
}
