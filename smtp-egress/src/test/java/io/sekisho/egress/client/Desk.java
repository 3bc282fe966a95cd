package io.sekisho.egress.client;

import io.sekisho.egress.brokentls.BrokenTls;
import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.delivery.DeliverySettings.Bounds;
import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.testkit.dns.ScriptedDns;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A courier on loopback with a DNS server of its own, for tests. Not thread safe. */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedDns dns = ScriptedDns.start();
    private List<IpNetwork> allowed = List.of(IpNetwork.parse("127.0.0.0/8"));
    private Optional<Path> trustedCa = Optional.empty();
    private int smtpPort = 25;
    private TimeOuts timeOuts = TimeOuts.STANDARD;
    /** No connection is kept unless a test is about that: most want to see how one ends. */
    private Bounds bounds = keeping(Bounds.STANDARD, 1);

    private BrokenTls brokenTls = BrokenTls.NONE;

    private SmtpCourier courier;

    ScriptedDns dns() {
        return dns;
    }

    /** What it knows of hosts whose TLS broke; nothing otherwise. */
    Desk remembering(BrokenTls memory) {
        brokenTls = memory;
        return this;
    }

    Desk nothingAllowed() {
        allowed = List.of();
        return this;
    }

    Desk trusting(Path ca) {
        trustedCa = Optional.of(ca);
        return this;
    }

    /** The port of MX hosts. */
    Desk smtpPort(int port) {
        smtpPort = port;
        return this;
    }

    Desk bounds(Bounds changed) {
        bounds = changed;
        return this;
    }

    /** A connection carries so many messages. */
    Desk keeping(int messages) {
        bounds = keeping(bounds, messages);
        return this;
    }

    private static Bounds keeping(Bounds bounds, int messages) {
        return new Bounds(
                bounds.hosts(), bounds.addressesPerHost(), bounds.attempt(), bounds.dnsCacheEntries(), messages);
    }

    /** This time-out for every step, but not for connecting and DNS. */
    Desk impatient(Duration limit) {
        Duration other = Duration.ofSeconds(5);
        timeOuts = new TimeOuts(other, other, limit, limit, limit, limit, limit, limit, limit, Duration.ofSeconds(30));
        return this;
    }

    SmtpCourier courier() {
        // An event loop's thread inherits the class loader of whoever first gives it work: not DNS' thread, which a
        // Quarkus
        // application in this JVM may have made.
        for (int i = 0; i < 64; i++) {
            ((VertxInternal) vertx).createEventLoopContext().runOnContext(begun -> {});
        }
        if (courier == null) {
            courier = new SmtpCourier(
                    vertx,
                    new DeliverySettings(
                            "gateway.example",
                            Set.of(),
                            Set.of(),
                            List.of(),
                            allowed,
                            trustedCa,
                            List.of(dns.address()),
                            smtpPort,
                            timeOuts,
                            bounds),
                    brokenTls);
        }
        return courier;
    }

    DeliveryReport deliver(Parcel parcel) {
        return deliver(parcel.build());
    }

    DeliveryReport deliver(Consignment consignment) {
        return courier().deliver(consignment).await().atMost(PATIENCE);
    }

    /** The outcome of the one recipient. */
    static RecipientOutcome outcome(DeliveryReport report) {
        if (report.outcomes().size() != 1) {
            throw new AssertionError("one outcome was expected, not " + report.outcomes());
        }
        return report.outcomes().values().iterator().next();
    }

    @Override
    public void close() {
        if (courier != null) {
            courier.close();
        }
        dns.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
