package io.sekisho.egress.attempt;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sekisho.egress.TestMail;
import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.Courier;
import io.sekisho.egress.destination.DestinationLimits;
import io.sekisho.egress.destination.Destinations;
import io.sekisho.egress.destination.MemoryDestinations;
import io.sekisho.egress.dsn.ReportLanguage;
import io.sekisho.egress.event.EventPublisher;
import io.sekisho.egress.failure.FailurePolicy;
import io.sekisho.egress.failure.Jitter;
import io.sekisho.egress.failure.RetrySettings;
import io.sekisho.egress.hold.Holds;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.queue.QueueWriter;
import io.sekisho.egress.route.Routing;
import io.sekisho.egress.route.StaticRoutes;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All that outlives a pod, in memory, and pods in it. */
final class World implements AutoCloseable {

    /** Suspended soon, and not for so long that a pod takes the others for gone when the clock jumps. */
    static final DestinationLimits BRIEF = limits(Duration.ofSeconds(8));

    static final String MANDATORY_PARTNER = "secure.example";

    final Vertx vertx = Vertx.vertx();
    final MovingClock clock = new MovingClock();
    final MemoryLedger.Memory ledger = new MemoryLedger.Memory();
    final MemorySchedule schedule = new MemorySchedule();
    final DestinationLimits limits;
    final MemoryDestinations destinations;
    final List<MailEvent> events = new CopyOnWriteArrayList<>();
    final List<QuarantinedMail> quarantine = new CopyOnWriteArrayList<>();
    final List<Queued> queue = new CopyOnWriteArrayList<>();
    final Map<Long, byte[]> content = new ConcurrentHashMap<>();
    final ScriptedCourier courier = new ScriptedCourier();

    /** What the ledger was told of rows that were not there: a kill then would have lost mail. */
    final List<String> falseRows = new CopyOnWriteArrayList<>();

    /** Content is written once this is complete. */
    volatile CompletableFuture<Void> contentGate = CompletableFuture.completedFuture(null);

    volatile Holds holds = Holds.NONE;

    volatile PolicyState policy = new PolicyState.Usable(
            PolicyTable.of(List.of(customer()), new PolicyRevision("a", 1)), PolicySource.STREAM);

    /** A message that the gateway put into the queue itself. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Queued(Envelope envelope, byte[] message) {
        String text() {
            return new String(message, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    World() {
        this(BRIEF);
    }

    World(DestinationLimits limits) {
        this.limits = limits;
        destinations = new MemoryDestinations(clock, limits);
        schedule.closed(destinations::isClosed);
    }

    /** A pod of its own name. */
    Attempts pod(String name, AttemptSettings settings) {
        return pod(name, settings, Mortality.immortal());
    }

    Attempts pod(String name, AttemptSettings settings, Mortality mortality) {
        PodIdentity self = new PodIdentity(name, MessageIds.at(Instant.now()).toString());
        EventPublisher publisher = some -> mortality.step("publish", () -> {
            events.addAll(some);
            return Uni.createFrom().voidItem();
        });
        QueueWriter queueWriter = (envelope, message) -> mortality.step("report", () -> {
            queue.add(new Queued(envelope, message));
            return Uni.createFrom().voidItem();
        });
        Courier mortalCourier = consignment -> mortality.step(
                "courier",
                () -> courier.deliver(
                        consignment,
                        () -> mortality.isDead() && !mortality.lastStep().equals("courier")));
        Attempts attempts = new Attempts(
                new AttemptParts(
                        vertx,
                        clock,
                        self,
                        () -> policy,
                        new Routing(new StaticRoutes(List.of())),
                        new FailurePolicy(RetrySettings.STANDARD, Jitter.NONE),
                        mortalCourier,
                        new MortalLedger(new MemoryLedger(ledger, self), mortality, this::rowsAreNoted),
                        new MortalSchedule(schedule, mortality),
                        new Destinations(destinations, limits, self.toString(), clock),
                        holds,
                        mail -> mortality.step("quarantine", () -> {
                            quarantine.add(mail);
                            return Uni.createFrom().voidItem();
                        }),
                        publisher,
                        queueWriter,
                        contentWriter(mortality),
                        reader(),
                        new SimpleMeterRegistry()),
                settings);
        attempts.start();
        return attempts;
    }

    private void rowsAreNoted(UUID message, Collection<String> recipients) {
        for (String recipient : recipients) {
            boolean there = schedule.entries().stream()
                    .anyMatch(row ->
                            row.message().equals(message) && row.recipient().equals(recipient));
            if (!there && ledger.of(message, recipient).outcome == null) {
                falseRows.add(recipient);
            }
        }
    }

    private ContentWriter contentWriter(Mortality mortality) {
        return (id, bytes) -> mortality.step("content", () -> {
            long offset = content.size();
            content.put(offset, bytes);
            return Uni.createFrom()
                    .completionStage(contentGate)
                    .replaceWith(List.of(new ContentChunk("t", 0, offset, bytes.length, sha256(bytes))));
        });
    }

    private ChunkReader reader() {
        return chunk -> content.containsKey(chunk.offset())
                ? Uni.createFrom().item(content.get(chunk.offset()))
                : Uni.createFrom().failure(new ContentUnavailable("nothing stands there"));
    }

    List<MailEvent> events(EventKind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    List<EventKind> kinds(UUID message, String recipient) {
        return events.stream()
                .filter(event -> event.message().orElseThrow().id().equals(message))
                .filter(event -> event.message().orElseThrow().recipient().equals(recipient))
                .map(MailEvent::kind)
                .toList();
    }

    /** Suspended after three troubles, for so long. */
    static DestinationLimits limits(Duration suspension) {
        return new DestinationLimits(20, 100, 3, suspension, suspension, Duration.ofSeconds(60));
    }

    static AttemptSettings settings() {
        return settings(Duration.ofSeconds(30), 100);
    }

    static AttemptSettings settings(Duration patience, int waitingPerDestination) {
        return new AttemptSettings(
                "gw.sekisho.example",
                ReportLanguage.EN,
                100,
                2,
                waitingPerDestination,
                500,
                64 << 20,
                50,
                patience,
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofHours(4),
                Duration.ofDays(5),
                Duration.ofMillis(20),
                Duration.ofMillis(50));
    }

    private static CompiledDomain customer() {
        return new CompiledDomain(
                DomainName.parse(TestMail.CUSTOMER),
                new PolicyRevision("a", 1),
                false,
                List.of(new NextHop("mail.customer.example", 25, 10)),
                TlsSetting.OPPORTUNISTIC,
                new OutboundProtection(true, List.of(), TlsSetting.OPPORTUNISTIC, false),
                Optional.empty(),
                Optional.empty(),
                List.of(new PeerRule(
                        "secure-rule",
                        Direction.OUTBOUND,
                        Peer.parse(MANDATORY_PARTNER),
                        SecurityLevel.MANDATORY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ZERO),
                        List.of(),
                        false)),
                List.of());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        vertx.close();
    }

    /** A clock that is moved by hand. */
    static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T07:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
