package io.sekisho.bench.policy;

import io.sekisho.bench.load.ArrivalSchedule;
import io.sekisho.bench.stage.RestClient;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Changes of other domains on a fixed schedule, until {@link #close}. */
final class OtherChanges implements AutoCloseable {

    private static final int WORKERS = 8;
    private static final int DOMAINS = 100;
    private static final long MOST = 1_000_000;

    private final Cluster cluster;
    private final RestClient rest;
    private final ArrivalSchedule schedule;
    private final LongAdder made = new LongAdder();
    private final List<Thread> workers = new ArrayList<>();
    private final long began = System.nanoTime();
    private volatile boolean ended;

    private OtherChanges(Cluster cluster, double perSecond) {
        this.cluster = cluster;
        this.rest = new RestClient(cluster.adminKey());
        this.schedule = new ArrivalSchedule(began, perSecond, MOST);
    }

    static OtherChanges begin(Cluster cluster, double perSecond) {
        OtherChanges changes = new OtherChanges(cluster, perSecond);
        for (int i = 0; i < WORKERS; i++) {
            changes.workers.add(Thread.ofVirtual().start(changes::work));
        }
        return changes;
    }

    private void work() {
        for (long at = schedule.take(); !ended && at != ArrivalSchedule.NONE; at = schedule.take()) {
            LockSupport.parkNanos(at - System.nanoTime());
            try {
                rest.text(
                        "PUT",
                        URI.create(cluster.url(Service.POLICY) + "/api/v1/domains/other-" + made.sum() % DOMAINS
                                + ".example"),
                        "{\"nextHops\": [{\"host\": \"127.0.0.1\", \"port\": " + (1 + at % 60_000 & 0x7fff)
                                + ", \"preference\": 10}]}");
                made.increment();
            } catch (IOException refused) {
                // Shows in the rate that was reached.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What was reached so far. */
    long perSecond() {
        return Math.round(made.sum() * 1e9 / (System.nanoTime() - began));
    }

    @Override
    public void close() {
        ended = true;
        workers.forEach(Thread::interrupt);
    }
}
