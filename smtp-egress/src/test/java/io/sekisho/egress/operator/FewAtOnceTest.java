package io.sekisho.egress.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    private final FewAtOnce few = new FewAtOnce(2);
    private final List<UniEmitter<? super String>> running = new ArrayList<>();

    @Test
    void refusesWhatIsOneTooManyWithoutBeginningIt() {
        begin().assertNotTerminated();
        begin().assertNotTerminated();
        begin().assertFailedWith(DatabaseAway.class, "Too many such calls");
        assertThat(running).hasSize(2);
    }

    @Test
    void freesThePlaceOfWhatEndedFailedOrWasGivenUp() {
        begin().assertNotTerminated();
        UniAssertSubscriber<String> ended = begin();
        running.get(1).complete("done");
        ended.assertCompleted().assertItem("done");

        UniAssertSubscriber<String> failed = begin();
        running.get(2).fail(new IllegalStateException("no"));
        failed.assertFailedWith(IllegalStateException.class, "no");

        begin().cancel();

        few.<String>run(() -> {
                    throw new IllegalStateException("not even begun");
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(IllegalStateException.class, "not even begun");

        begin().assertNotTerminated();
        begin().assertFailedWith(DatabaseAway.class, "Too many such calls");
    }

    private UniAssertSubscriber<String> begin() {
        return few.run(() -> Uni.createFrom().<String>emitter(running::add))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
