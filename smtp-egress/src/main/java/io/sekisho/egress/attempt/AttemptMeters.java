package io.sekisho.egress.attempt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.failure.Disposition;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the service counts. Relations: every attempt at a recipient ends in one outcome; {@code delivered + bounced +
 * expired + quarantined + cancelled} are final, {@code deferred} and {@code postponed} come again. Alert where {@code quarantined} grows,
 * and where the schedule grows while nothing is delivered.
 */
final class AttemptMeters {

    private static final String PREFIX = "sekisho.delivery.";

    private final MeterRegistry registry;
    private final Timer duration;

    AttemptMeters(MeterRegistry registry) {
        this.registry = registry;
        duration = Timer.builder(PREFIX + "attempt")
                .description("How long an attempt of the courier took")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** A connection. */
    void tried(HostAttempt host) {
        registry.counter(
                        PREFIX + "hosts.tried",
                        "result",
                        host.result().name().toLowerCase(Locale.ROOT),
                        "tls",
                        host.hop().hop().tls().protocol())
                .increment();
    }

    void took(Duration time) {
        duration.record(time);
    }

    /** What came of an attempt for one recipient. */
    void came(Disposition outcome) {
        switch (outcome) {
            case Disposition.Delivered it -> count("delivered", Optional.of(it.hop()), "");
            case Disposition.Retry it -> count("deferred", it.fault().hop(), "");
            case Disposition.Postpone it -> count("postponed", Optional.empty(), "");
            case Disposition.Bounce it ->
                count(
                        "bounced",
                        it.fault().hop(),
                        it.blockReason().map(Enum::name).orElse(""));
            case Disposition.Expire it -> count("expired", it.fault().hop(), "");
            case Disposition.Quarantine it -> count("quarantined", Optional.empty(), "");
            case Disposition.StandAside it -> count("stood-aside", Optional.empty(), "");
        }
    }

    /** An outcome of before, told again. */
    void repeated() {
        count("repeated", Optional.empty(), "");
    }

    /** A recipient that an operator gave up. */
    void cancelled() {
        count("cancelled", Optional.empty(), "");
    }

    /** Shows a number of the moment. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).register(registry);
    }

    private void count(String outcome, Optional<JudgedHop> hop, String blockReason) {
        registry.counter(
                        PREFIX + "outcomes",
                        "outcome",
                        outcome,
                        "tls",
                        hop.map(it -> it.hop().tls().protocol()).orElse(""),
                        "block_reason",
                        blockReason)
                .increment();
    }
}
