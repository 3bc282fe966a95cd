package io.sekisho.tracking.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** An outage is told as one, a bug is not. */
class PgFailuresTest {

    @Test
    void tellsAnOutageOfTheDatabase() {
        assertThat(PgFailures.whileAnswering(new ConnectException("refused")))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(StoreUnavailable.Reason.OUT_OF_REACH));
        assertThat(PgFailures.whileAnswering(new PgException("too long", "ERROR", "57014", null)))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(StoreUnavailable.Reason.TOO_SLOW));
    }

    @Test
    void leavesABugInAnAnswerABug() {
        NullPointerException bug = new NullPointerException("downstream_port");

        assertThat(PgFailures.whileAnswering(bug)).isSameAs(bug);
    }

    @Test
    void keepsEventsForLaterWhereABugStoppedThem() {
        assertThat(PgFailures.whileStoring(new NullPointerException("any"))).isInstanceOf(StoreUnavailable.class);
    }
}
