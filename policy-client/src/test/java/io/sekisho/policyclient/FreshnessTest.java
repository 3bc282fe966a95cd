package io.sekisho.policyclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.PolicySource;
import io.sekisho.policyclient.match.PolicyTable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private final AtomicLong clock = new AtomicLong();
    private final Freshness freshness = new Freshness(Duration.ofHours(1), clock::get);

    @Test
    void isUnusableBeforeTheFirstCompleteTable() {
        assertThat(freshness.state()).isInstanceOf(PolicyState.Unusable.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, STREAM", "PT5S, STREAM", "PT5.001S, STALE", "PT1H, STALE", "PT1H0.001S, unusable"})
    void isFreshForFiveSecondsThenStaleThenUnusable(Duration age, String expected) {
        freshness.confirm(new PolicyTable(), PolicySource.STREAM);
        clock.addAndGet(age.toNanos());
        String found = freshness.state() instanceof PolicyState.Usable usable
                ? usable.source().name()
                : "unusable";
        assertThat(found).isEqualTo(expected);
    }
}
