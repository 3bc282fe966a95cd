package io.sekisho.ingress;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sekisho.ingress.certificate.CertificateWatch;
import io.sekisho.ingress.certificate.WatchedCertificate;
import io.sekisho.ingress.event.EventProducer;
import io.sekisho.ingress.event.KafkaEventLog;
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
import io.sekisho.ingress.session.Reception;
import io.sekisho.ingress.session.SessionLimits;
import io.sekisho.ingress.session.StartTlsOffer;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.policy.TlsVersion;
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
import java.time.Instant;
import java.time.InstantSource;
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
    private final Optional<WatchedCertificate> certificate;
    private final Optional<CertificateWatch> certificateWatch;
    private final KafkaEventLog eventLog;
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
        certificate = smtp.tls()
                .certificate()
                .map(file -> new WatchedCertificate(file, smtp.tls().key().orElseThrow()));
        certificateWatch = certificate.map(
                watched -> CertificateWatch.start(vertx, watched, smtp.tls().reloadInterval()));
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
        SessionServices services = new SessionServices(
                reception(hostname),
                () -> certificate.map(WatchedCertificate::current),
                this::tlsFloor,
                senders(smtp),
                queue,
                eventLog,
                metrics);
        listeners = new Listeners(vertx, smtp, services);
        metrics.show("connections.open", listeners::connections);
        metrics.show("content.memory.used", memory::used);
        certificate.ifPresent(watched -> metrics.show(
                "tls.certificate.seconds.left",
                () -> Duration.between(
                                Instant.now(),
                                watched.certificate().getNotAfter().toInstant())
                        .toSeconds()));
        metrics.show("events.waiting", eventLog::taken);
        LOG.info(LogLine.of("configure").with(LogKey.HOST, hostname).with(LogKey.SETTINGS, Shown.of(settings)));
    }

    private static List<IpNetwork> networks(Optional<List<String>> texts) {
        return texts.orElse(List.of()).stream().map(IpNetwork::parse).toList();
    }

    private static SenderDomains senders(IngressSettings.Smtp smtp) {
        return smtp.senderDomainCheck() == Reception.SenderCheck.OFF
                ? SenderDomains.NONE
                : new DnsSenderDomains(
                        smtp.dnsServers().orElse(List.of()).stream()
                                .map(DnsServer::parse)
                                .toList(),
                        smtp.dnsTimeout());
    }

    private Reception reception(String hostname) {
        SessionLimits limits = new SessionLimits(
                smtp.sizeLimit().asLongValue(),
                smtp.recipientLimit(),
                smtp.envelopeLimit().asLongValue(),
                smtp.errorLimit(),
                SessionLimits.RECEIVED_FIELDS);
        Postmaster postmaster = new Postmaster(smtp.postmaster().flatMap(Mailbox::tryParse), hostname);
        return new Reception(
                hostname,
                certificate.isPresent()
                        ? new StartTlsOffer.ToAllBut(networks(smtp.noStartTls()))
                        : StartTlsOffer.toNobody(),
                limits,
                new RecipientPolicy(policy::current, postmaster),
                smtp.senderDomainCheck(),
                InstantSource.system());
    }

    /** A client held by an address rule with a lower minimum may come with that; never is the floor higher than TLSv1.2. */
    private TlsVersion tlsFloor(IpAddress client) {
        return policy.current() instanceof PolicyState.Usable usable
                ? usable.table().lowestMinimumFor(client).orElse(TlsVersion.DEFAULT_MINIMUM)
                : TlsVersion.DEFAULT_MINIMUM;
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
        policy.close();
        certificateWatch.ifPresent(CertificateWatch::close);
        certificate.ifPresent(WatchedCertificate::close);
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
