package io.sekisho.tracking.store;

import io.quarkus.scheduler.Scheduled;
import io.sekisho.tracking.TrackingSettings;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.log.LogKey;
import io.sekisho.tracking.log.LogLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes partitions before their day comes, so that midnight finds them; what this misses is made when the first event of a day comes. */
@ApplicationScoped
class DaysAhead {
    private static final Logger LOG = Logger.getLogger(DaysAhead.class);

    private final StoredDays days;
    private final int ahead;
    private final Clock clock = Clock.systemUTC();

    DaysAhead(StoredDays days, TrackingSettings settings) {
        this.days = days;
        this.ahead = settings.preparedDays();
    }

    @Scheduled(every = "1h", delayed = "0s")
    Uni<Void> prepare() {
        LocalDate today = DeliveryKey.dayOf(clock.instant());
        List<LocalDate> wanted = today.datesUntil(today.plusDays(ahead + 1L)).toList();
        return days.ensure(wanted)
                .onFailure()
                .invoke(failure -> LOG.warn(LogLine.of("cannot make partitions ahead")
                        .with(LogKey.DAYS, ahead)
                        .with(LogKey.CAUSE, failure)))
                .onFailure()
                .recoverWithNull();
    }
}
