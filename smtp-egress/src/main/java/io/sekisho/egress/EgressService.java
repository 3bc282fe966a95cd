package io.sekisho.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sekisho.egress.alert.Alerts;
import io.sekisho.egress.alert.CertificateWatch;
import io.sekisho.egress.attempt.AttemptParts;
import io.sekisho.egress.attempt.Attempts;
import io.sekisho.egress.attempt.QuarantineDesk;
import io.sekisho.egress.brokentls.RedisBrokenTls;
import io.sekisho.egress.client.SmtpCourier;
import io.sekisho.egress.content.ContentTopic;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.content.KafkaChunkReader;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.destination.Destinations;
import io.sekisho.egress.destination.PgDestinationTable;
import io.sekisho.egress.event.KafkaEventPublisher;
import io.sekisho.egress.failure.FailurePolicy;
import io.sekisho.egress.failure.Jitter;
import io.sekisho.egress.health.HealthFacts;
import io.sekisho.egress.health.TopicCheck;
import io.sekisho.egress.hold.PgHolds;
import io.sekisho.egress.ledger.LedgerConnection;
import io.sekisho.egress.ledger.LedgerSettings;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.ledger.RedisLedger;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.operator.OperatorTools;
import io.sekisho.egress.quarantine.PgQuarantine;
import io.sekisho.egress.queue.DurableProducer;
import io.sekisho.egress.queue.QueueBacklog;
import io.sekisho.egress.queue.QueueReading;
import io.sekisho.egress.queue.QueueStatus;
import io.sekisho.egress.queue.QueueWriter;
import io.sekisho.egress.route.Routing;
import io.sekisho.egress.route.StaticRoutes;
import io.sekisho.egress.schedule.PgSchedule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyclient.PolicyClient;
import io.sekisho.policyclient.PolicyState;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * The service as a whole.
 *
 * <p>Lifecycle: begins to read the queue at the application's start; at its end it takes no more, waits for what is under
 * way (bounded), and commits what is done.
 */
@Singleton
final class EgressService implements HealthFacts, OperatorTools {

    private static final Logger LOG = Logger.getLogger(EgressService.class);

    private final Settings settings;
    private final Admin admin;
    private final DurableProducer producer;
    private final DurableProducer events;
    private final KafkaChunkReader chunks;
    private final PolicyClient policy;
    private final SmtpCourier courier;
    private final LedgerConnection ledger;
    private final Attempts attempts;
    private final TopicCheck topics;
    private final Migration migration;
    private final PgHolds holds;
    private final QueueBacklog backlog;
    private final CertificateWatch certificates;
    private final Pool pool;
    private final MeterRegistry meters;
    private volatile Optional<Alerts> alerts = Optional.empty();
    private final QuarantineDesk quarantineDesk;
    private final Vertx vertx;
    private final String bootstrapServers;
    private long holdsTimer;
    private volatile Optional<QueueReading> reading = Optional.empty();

    EgressService(
            EgressConfig config,
            Vertx vertx,
            Redis redis,
            Pool pool,
            Flyway flyway,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "quarkus.redis.hosts") String redisUri) {
        this.bootstrapServers = bootstrapServers;
        this.vertx = vertx;
        this.pool = pool;
        this.meters = meters;
        settings = new Settings(config);
        PodIdentity self = settings.pod();
        DeliverySettings delivery = settings.delivery();
        LOG.info(LogLine.of("configuration " + settings));
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000));
        producer = DurableProducer.ofMail(bootstrapServers);
        events = DurableProducer.ofEvents(bootstrapServers);
        ContentTopic contentTopic = new ContentTopic(admin);
        chunks = new KafkaChunkReader(bootstrapServers, contentTopic);
        policy = PolicyClient.start(vertx, settings.policy(redisUri));
        ledger = new LedgerConnection(redis.getDelegate(), LedgerSettings.STANDARD);
        courier = new SmtpCourier(vertx, delivery, new RedisBrokenTls(ledger, settings.brokenTls(), meters));
        topics = new TopicCheck(admin, settings.queueLifetime());
        migration = new Migration(flyway);
        holds = new PgHolds(pool);
        backlog = new QueueBacklog(admin);
        PgQuarantine quarantine = new PgQuarantine(pool);
        certificates = new CertificateWatch(
                new KafkaEventPublisher(events, "/smtp-egress/" + self.pod()),
                settings.certificateRemaining(),
                Clock.systemUTC());
        attempts = new Attempts(
                new AttemptParts(
                        vertx,
                        Clock.systemUTC(),
                        self,
                        policy::current,
                        new Routing(new StaticRoutes(delivery.routes())),
                        new FailurePolicy(settings.retries(), Jitter.TEN_PER_CENT),
                        courier,
                        new RedisLedger(ledger, self, LedgerSettings.STANDARD),
                        new PgSchedule(pool),
                        new Destinations(
                                new PgDestinationTable(pool, settings.destinations()),
                                settings.destinations(),
                                self.toString(),
                                Clock.systemUTC()),
                        holds,
                        quarantine,
                        certificates,
                        QueueWriter.through(producer),
                        ContentWriter.through(producer, contentTopic),
                        chunks,
                        meters),
                settings.attempts());
        quarantineDesk = attempts.quarantineDesk(quarantine);
    }

    void start(@Observes StartupEvent started) {
        migration.start();
        topics.start();
        holdsTimer = vertx.setPeriodic(PgHolds.INTERVAL.toMillis(), any -> holds.look());
        attempts.start();
        alerts = settings.alerts()
                .map(to -> Alerts.start(vertx, pool, to, certificates, () -> queue().blocked(), meters));
        reading = Optional.of(
                QueueReading.start(bootstrapServers, admin, attempts.intake(), settings.queue(), Clock.systemUTC()));
    }

    void stop(@Observes ShutdownEvent stopping) {
        reading.ifPresent(QueueReading::stopIntake);
        try {
            attempts.drain(settings.drain())
                    .subscribeAsCompletionStage()
                    .get(settings.drain().toMillis() + 5_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // As if it were killed: the ledger and the leases say what was under way.
            LOG.warn(LogLine.of("not drained in time"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        vertx.cancelTimer(holdsTimer);
        alerts.ifPresent(Alerts::close);
        reading.ifPresent(QueueReading::close);
        policy.close();
        courier.close();
        chunks.close();
        producer.close();
        events.close();
        admin.close();
    }

    @Override
    public QueueStatus queue() {
        return reading.map(QueueReading::status).orElse(QueueStatus.NOT_STARTED);
    }

    @Override
    public boolean queueRuns() {
        return reading.map(QueueReading::isRunning).orElse(true);
    }

    @Override
    public List<String> topicDifferences() {
        return topics.differences();
    }

    @Override
    public Optional<String> policyFault() {
        return policy.current() instanceof PolicyState.Unusable(String reason) ? Optional.of(reason) : Optional.empty();
    }

    @Override
    public Optional<PolicyRevision> policyRevision() {
        return policy.current() instanceof PolicyState.Usable usable
                ? Optional.of(usable.table().revision())
                : Optional.empty();
    }

    @Override
    public boolean isMigrated() {
        return migration.isDone();
    }

    @Override
    public boolean isLedgerPresent() {
        return ledger.isPresent();
    }

    @Override
    public QuarantineDesk quarantineDesk() {
        return quarantineDesk;
    }

    @Override
    public Uni<Optional<Long>> unread() {
        return backlog.unread();
    }
}
