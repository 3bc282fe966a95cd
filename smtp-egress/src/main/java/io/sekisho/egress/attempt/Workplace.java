package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.Courier;
import io.sekisho.egress.destination.Destinations;
import io.sekisho.egress.failure.FailurePolicy;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.quarantine.Quarantine;
import io.sekisho.egress.schedule.Schedule;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.ToIntFunction;

/**
 * What every message in hand is worked on with.
 *
 * @param capacity how many attempts at once this pod may make at a destination
 * @param isolation one at a time, for what may have ended pods
 */
record Workplace(
        Vertx vertx,
        Clock clock,
        AttemptSettings settings,
        Planner planner,
        FailurePolicy failures,
        Courier courier,
        Destinations destinations,
        ToIntFunction<String> capacity,
        Slots slots,
        Slots isolation,
        Ledger ledger,
        Schedule schedule,
        Quarantine quarantine,
        InHand inHand,
        Conclusions conclusions,
        Reports reports,
        FailureReports failureReports,
        AttemptMeters meters) {}
