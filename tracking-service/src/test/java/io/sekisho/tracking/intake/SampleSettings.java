package io.sekisho.tracking.intake;

import io.sekisho.tracking.TrackingSettings;
import java.time.Duration;

/** Settings for tests without an application. */
record SampleSettings(int acceptedDaysBack, int acceptedDaysAhead) implements TrackingSettings {

    @Override
    public int preparedDays() {
        return 7;
    }

    @Override
    public Duration queryTimeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration storeTimeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Duration firstPause() {
        return Duration.ofMillis(10);
    }

    @Override
    public Duration longestPause() {
        return Duration.ofMillis(50);
    }
}
