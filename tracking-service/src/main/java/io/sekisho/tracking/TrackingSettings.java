package io.sekisho.tracking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The configuration of tracking-service beside Kafka, PostgreSQL and Redis. */
@ConfigMapping(prefix = "sekisho.tracking")
public interface TrackingSettings {

    /**
     * How many days before today {@code receivedAt} may lie. An older event is a mistake of its teller and goes to the dead letters:
     * without a bound one broken clock could make a partition for every day of the calendar.
     */
    @WithDefault("400")
    @Min(1)
    @Max(3_660)
    int acceptedDaysBack();

    /** How many days after today {@code receivedAt} may lie, for clocks that are ahead. */
    @WithDefault("2")
    @Min(1)
    @Max(30)
    int acceptedDaysAhead();

    /** For how many days from today partitions are made before the first event of the day. */
    @WithDefault("7")
    @Min(1)
    @Max(60)
    int preparedDays();

    /** The longest that a question may take. */
    @WithDefault("PT10S")
    @NotNull
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration queryTimeout();

    /** The longest that storing a batch of events may take before it is tried again. */
    @WithDefault("PT60S")
    @NotNull
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 10)
    Duration storeTimeout();

    /** The first pause after the database or Kafka did not take something; the following ones double. */
    @WithDefault("PT0.2S")
    @NotNull
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration firstPause();

    /** The longest pause between two tries. */
    @WithDefault("PT15S")
    @NotNull
    @DurationMin(millis = 10)
    @DurationMax(minutes = 10)
    Duration longestPause();
}
