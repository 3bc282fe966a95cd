package io.sekisho.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sekisho.ingress.event.EventProducer;
import io.sekisho.ingress.event.KafkaEventLog;
import io.sekisho.ingress.listener.ConnectionPlaces;
import io.sekisho.ingress.listener.SessionServices;
import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.queue.ContentMemory;
import io.sekisho.ingress.queue.KafkaMailQueue;
import io.sekisho.ingress.queue.TopicWatch;
import io.sekisho.ingress.recipient.Postmaster;
import io.sekisho.ingress.recipient.RecipientPolicy;
import io.sekisho.ingress.sender.DnsSenderDomains;
import io.sekisho.ingress.sender.DnsServer;
import io.sekisho.ingress.sender.SenderDomains;
import io.sekisho.ingress.session.ListenerRules;
import io.sekisho.ingress.submission.CompiledUsers;
import io.sekisho.mail.topic.Topics;
import io.sekisho.policyclient.PolicyClient;
import io.sekisho.policyclient.PolicyClientSettings;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.smtp.path.Mailbox;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The service: puts its parts together, opens the listeners, and at the end lets transactions finish before anything that
 * they need is closed.
 */
@ApplicationScoped
public class Ingress {

    private static final Logger LOG = Logger.getLogger(Ingress.class);

    /** How long the last events may take at the end. */
    private static final Duration EVENTS_DRAIN = Duration.ofSeconds(3);

    private final IngressSettings.Smtp smtp;
    private final PolicyClient policy;
    private final TopicWatch topics;
    private final KafkaMailQueue queue;
    private final ListenersTls tls;
    private final KafkaEventLog eventLog;
    private final ClientCounting clients;
    private final Listeners listeners;

    Ingress(
            Vertx vertx,
            IngressSettings settings,
            MeterRegistry registry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "quarkus.redis.hosts") String redis) {
        List<String> faults = SettingsCheck.faults(settings);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("The configuration is wrong: " + String.join("; ", faults));
        }
        smtp = settings.smtp();
        String hostname = smtp.hostname().orElseGet(HostName::own);
        policy = PolicyClient.start(
                vertx,
                new PolicyClientSettings(
                        redis,
                        settings.policy().url(),
                        settings.policy().serviceKey().orElse(""),
                        settings.policy().maxStale()));
        topics = new TopicWatch(vertx, kafka);
        ContentMemory memory = new ContentMemory(smtp.contentMemory().asLongValue());
        queue = new KafkaMailQueue(kafka, topics, memory, smtp.queueTimeout());
        eventLog = new KafkaEventLog(
                EventProducer.on(kafka, Topics.MAX_RECORD_BYTES),
                "/smtp-ingress/" + HostName.own(),
                smtp.eventPlaces());
        IngressMetrics metrics = new IngressMetrics(registry);
        tls = new ListenersTls(vertx, smtp, policy::current);
        clients = ClientCounting.start(vertx, smtp.clientLimits(), policy::current, redis, metrics);
        SessionServices services = new SessionServices(
                new ConnectionPlaces(smtp.connectionLimit()), senders(smtp), queue, eventLog, metrics);
        Postmaster postmaster = new Postmaster(smtp.postmaster().flatMap(Mailbox::tryParse), hostname);
        Receptions receptions = new Receptions(
                smtp,
                hostname,
                new RecipientPolicy(policy::current, postmaster),
                new CompiledUsers(policy::current),
                clients.limits());
        listeners = new Listeners(vertx, smtp, receptions, tls, services);
        metrics.show("connections.open", listeners::connections);
        metrics.show("content.memory.used", memory::used);
        tls.secondsLeft().ifPresent(left -> metrics.show("tls.certificate.seconds.left", left));
        metrics.show("events.waiting", eventLog::taken);
        LOG.info(LogLine.of("configure").with(LogKey.HOST, hostname).with(LogKey.SETTINGS, Shown.of(settings)));
    }

    private static SenderDomains senders(IngressSettings.Smtp smtp) {
        return smtp.senderDomainCheck() == ListenerRules.SenderCheck.OFF
                ? SenderDomains.NONE
                : new DnsSenderDomains(
                        smtp.dnsServers().orElse(List.of()).stream()
                                .map(DnsServer::parse)
                                .toList(),
                        smtp.dnsTimeout());
    }

    void start(@Observes StartupEvent event) {
        topics.start();
        listeners.open();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        Duration drainTimeout = smtp.drainTimeout();
        LOG.info(LogLine.of("drain").with(LogKey.CONNECTIONS, listeners.connections()));
        CompletableFuture<Void> ended = listeners
                .drain(drainTimeout)
                .chain(listeners::close)
                .chain(() -> eventLog.drain(EVENTS_DRAIN))
                .subscribeAsCompletionStage();
        try {
            // The shutdown thread must not return before: what it does next ends the process.
            ended.get(drainTimeout.plus(EVENTS_DRAIN).plusSeconds(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn(LogLine.of("drain").with(LogKey.RESULT, "failed").with(LogKey.REASON, failure));
        }
        queue.close();
        eventLog.close();
        topics.close();
        clients.close();
        policy.close();
        tls.close();
    }

    /** The port that the listener "mx" has. */
    public int port() {
        return port(Listeners.FIRST);
    }

    int port(String listener) {
        return listeners.port(listener);
    }

    boolean isListening() {
        return listeners.areOpen();
    }

    PolicyState policy() {
        return policy.current();
    }

    KafkaMailQueue.TopicState topics() {
        return topics.last();
    }

    /** Why no message can be queued now. */
    Optional<String> queueClosed() {
        return queue.closedBecause();
    }
}
