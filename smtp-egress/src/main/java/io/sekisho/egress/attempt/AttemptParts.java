package io.sekisho.egress.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.delivery.Courier;
import io.sekisho.egress.destination.Destinations;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.failure.FailurePolicy;
import io.sekisho.egress.hold.Holds;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.quarantine.Quarantine;
import io.sekisho.egress.queue.QueueWriter;
import io.sekisho.egress.route.Routing;
import io.sekisho.egress.schedule.Schedule;
import io.sekisho.policyclient.PolicyState;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Supplier;

/** What attempts are made with. */
public record AttemptParts(
        Vertx vertx,
        Clock clock,
        PodIdentity self,
        Supplier<PolicyState> policy,
        Routing routing,
        FailurePolicy failures,
        Courier courier,
        Ledger ledger,
        Schedule schedule,
        Destinations destinations,
        Holds holds,
        Quarantine quarantine,
        EventPublisher events,
        QueueWriter queue,
        ContentWriter contentWriter,
        ChunkReader contentReader,
        MeterRegistry meters) {}
