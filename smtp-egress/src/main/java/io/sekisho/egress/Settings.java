package io.sekisho.egress;

import io.sekisho.egress.alert.AlertSettings;
import io.sekisho.egress.attempt.AttemptSettings;
import io.sekisho.egress.brokentls.BrokenTlsSettings;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.destination.DestinationLimits;
import io.sekisho.egress.failure.RetrySettings;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.queue.QueueSettings;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.policyclient.PolicyClientSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the configuration into the settings of each part; a value that makes no sense ends the start, saying which. */
final class Settings {

    private static final int DNS_PORT = 53;
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(20);
    private static final Duration OVER_BOUND_RETRY = Duration.ofSeconds(15);
    private static final Duration SCHEDULE_INTERVAL = Duration.ofMillis(500);
    private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(15);

    private final EgressConfig config;

    Settings(EgressConfig config) {
        this.config = config;
        positive("queue-lifetime", config.delivery().queueLifetime());
        positive("delay-notice-after", config.delivery().delayNoticeAfter());
        positive("local-retry", config.delivery().localRetry());
        if (config.delivery().retryDelays().isEmpty()) {
            throw fault("delivery.retry-delays", "there must be one at least");
        }
        config.delivery().retryDelays().forEach(delay -> positive("retry-delays", delay));
        positive("patience", config.delivery().patience());
        EgressConfig.Limits limits = config.delivery().limits();
        positive("limits.concurrent-attempts", limits.concurrentAttempts());
        positive("limits.attempts-per-destination", limits.attemptsPerDestination());
        positive("limits.waiting-per-destination", limits.waitingPerDestination());
        positive("limits.messages-in-hand", limits.messagesInHand());
        positive("limits.bytes-in-hand", limits.bytesInHand());
        positive("limits.rows-in-hand", limits.rowsInHand());
        positive("limits.records-above-committed", limits.recordsAboveCommitted());
    }

    DeliverySettings delivery() {
        EgressConfig.Delivery delivery = config.delivery();
        EgressConfig.TimeOuts times = delivery.timeOuts();
        EgressConfig.Bounds bounds = delivery.bounds();
        return new DeliverySettings(
                hostname(),
                Set.copyOf(delivery.ownHostnames().orElse(List.of())),
                each("delivery.own-addresses", delivery.ownAddresses(), IpAddress::parse).stream()
                        .collect(Collectors.toSet()),
                delivery.routes().orElse(List.of()),
                each("allowed-next-hop-networks", config.allowedNextHopNetworks(), IpNetwork::parse),
                delivery.trustedCa(),
                each("delivery.dns-servers", delivery.dnsServers(), Settings::dnsServer),
                delivery.smtpPort(),
                new DeliverySettings.TimeOuts(
                        times.dns(),
                        times.connect(),
                        times.greeting(),
                        times.command(),
                        times.handshake(),
                        times.data(),
                        times.block(),
                        times.finalDot(),
                        times.quit(),
                        times.idle()),
                new DeliverySettings.Bounds(
                        bounds.hosts(),
                        bounds.addressesPerHost(),
                        bounds.attempt(),
                        bounds.dnsCacheEntries(),
                        bounds.messagesPerConnection()));
    }

    AttemptSettings attempts() {
        EgressConfig.Delivery delivery = config.delivery();
        EgressConfig.Limits limits = delivery.limits();
        return new AttemptSettings(
                hostname(),
                delivery.reportLanguage(),
                limits.concurrentAttempts(),
                limits.attemptsPerDestination(),
                limits.waitingPerDestination(),
                limits.messagesInHand(),
                limits.bytesInHand(),
                limits.rowsInHand(),
                delivery.patience(),
                OVER_BOUND_RETRY,
                LEASE,
                RENEWAL,
                delivery.delayNoticeAfter(),
                delivery.queueLifetime(),
                SCHEDULE_INTERVAL,
                NOTICE_INTERVAL);
    }

    DestinationLimits destinations() {
        EgressConfig.Destinations destinations = config.delivery().destinations();
        return new DestinationLimits(
                destinations.initialConcurrency(),
                destinations.mostConcurrency(),
                destinations.failures(),
                destinations.suspension(),
                destinations.longestSuspension(),
                LEASE);
    }

    BrokenTlsSettings brokenTls() {
        EgressConfig.BrokenTls broken = config.delivery().brokenTls();
        return new BrokenTlsSettings(broken.remember(), broken.entries());
    }

    RetrySettings retries() {
        return new RetrySettings(
                config.delivery().queueLifetime(),
                config.delivery().localRetry(),
                config.delivery().retryDelays());
    }

    /** Empty where nobody is to be alerted. */
    Optional<AlertSettings> alerts() {
        EgressConfig.Alerts alerts = config.alerts();
        return alerts.smtpHost().map(host -> {
            List<String> to =
                    alerts.to().orElse(List.of()).stream().map(String::strip).toList();
            if (to.isEmpty()) {
                throw fault("alerts.to", "there must be one address at least");
            }
            if (alerts.user().isPresent() != alerts.password().isPresent()) {
                throw fault("alerts.password", "user and password go together");
            }
            if (alerts.user().isPresent() && alerts.protection() == AlertSettings.Protection.NONE) {
                throw fault("alerts.protection", "a password is never sent without TLS");
            }
            return new AlertSettings(
                    hostname(),
                    new AlertSettings.Server(
                            host,
                            alerts.smtpPort(),
                            alerts.protection(),
                            alerts.trustedCa(),
                            alerts.user()
                                    .map(user -> new AlertSettings.Login(
                                            user, alerts.password().orElseThrow()))),
                    alerts.from().orElseGet(() -> "postmaster@" + hostname()),
                    to,
                    alerts.language(),
                    alerts.queueAge(),
                    alerts.certificateRemaining());
        });
    }

    QueueSettings queue() {
        return new QueueSettings(
                config.delivery().limits().recordsAboveCommitted(),
                QueueSettings.STANDARD.commitInterval(),
                QueueSettings.STANDARD.trimInterval());
    }

    PolicyClientSettings policy(String redisUri) {
        return new PolicyClientSettings(
                redisUri,
                config.policy().url().toString(),
                config.policy().serviceKey().orElse(""),
                config.policy().maxStale());
    }

    PodIdentity pod() {
        return PodIdentity.of(config.delivery().pod().orElseGet(() -> "pod-" + MessageIds.at(Instant.now())));
    }

    Duration certificateRemaining() {
        return config.alerts().certificateRemaining();
    }

    Duration queueLifetime() {
        return config.delivery().queueLifetime();
    }

    Duration drain() {
        return config.delivery().drain();
    }

    /** What stands in the log at the start, without secrets. */
    @Override
    public String toString() {
        return delivery() + " " + attempts() + " " + destinations() + " " + brokenTls() + " " + retries() + " "
                + queue()
                + " alerts="
                + alerts().map(AlertSettings::toString).orElse("none")
                + " policy="
                + config.policy().url() + " maxStale="
                + config.policy().maxStale() + " serviceKey="
                + (config.policy().serviceKey().isPresent() ? "***" : "none") + " pod="
                + config.delivery().pod().orElse("made at start");
    }

    private String hostname() {
        String name = config.delivery().hostname();
        try {
            return DomainName.parse(name).ascii();
        } catch (IllegalArgumentException noName) {
            throw fault("delivery.hostname", noName.getMessage());
        }
    }

    private static <T> List<T> each(String key, Optional<List<String>> values, Function<String, T> reader) {
        try {
            return values.orElse(List.of()).stream()
                    .map(String::strip)
                    .map(reader)
                    .toList();
        } catch (IllegalArgumentException unreadable) {
            throw fault(key, unreadable.getMessage());
        }
    }

    private static InetSocketAddress dnsServer(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (hasPort ? text.substring(0, colon) : text).replaceAll("^\\[|]$", "");
        int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
        return new InetSocketAddress(IpAddress.parse(host).toInetAddress(), port);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw fault("delivery." + key, "it must be longer than PT0S, not " + value);
        }
    }

    private static void positive(String key, long value) {
        if (value < 1) {
            throw fault("delivery." + key, "it must be 1 or more, not " + value);
        }
    }

    private static IllegalArgumentException fault(String key, String what) {
        return new IllegalArgumentException("sekisho." + key + ": " + what);
    }
}
