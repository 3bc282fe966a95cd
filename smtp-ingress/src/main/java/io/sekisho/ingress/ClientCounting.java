package io.sekisho.ingress;

import io.sekisho.ingress.limit.ClientAllowance;
import io.sekisho.ingress.limit.ClientExemptions;
import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.limit.CountedClients;
import io.sekisho.ingress.limit.LimitExceeded;
import io.sekisho.ingress.limit.RedisClientCounts;
import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.policyclient.PolicyState;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What clients do, counted as the configuration has it, shared with other pods where it says so, logged and measured. */
final class ClientCounting implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClientCounting.class);

    private final CountedClients counted;
    private final Optional<RedisClientCounts> shared;

    private ClientCounting(CountedClients counted, Optional<RedisClientCounts> shared) {
        this.counted = counted;
        this.shared = shared;
    }

    static ClientCounting start(
            Vertx vertx,
            IngressSettings.ClientLimits settings,
            Supplier<PolicyState> policy,
            String redis,
            IngressMetrics metrics) {
        CountedClients counted = new CountedClients(
                new ClientAllowance(
                        settings.connections(),
                        settings.connectionsPerMinute(),
                        settings.messagesPerMinute(),
                        settings.recipientsPerMinute(),
                        settings.failedLoginsPerMinute()),
                new ClientExemptions(
                        Receptions.networks(settings.exempt()), client -> isRelaySource(client, policy.get())),
                exceeded -> note(exceeded, metrics),
                System::nanoTime);
        metrics.show("clients.counted", counted::size);
        Optional<RedisClientCounts> shared = switch (settings.scope()) {
            case POD -> Optional.empty();
            case CLUSTER -> Optional.of(RedisClientCounts.start(vertx, redis, HostName.own(), counted));
        };
        shared.ifPresent(counts -> metrics.show("clients.shared", () -> counts.isShared() ? 1 : 0));
        return new ClientCounting(counted, shared);
    }

    private static boolean isRelaySource(IpAddress client, PolicyState policy) {
        return policy instanceof PolicyState.Usable usable
                && !usable.table().relayDomainsOf(client).isEmpty();
    }

    // A flood must not become one of log lines: the first of each minute, and the counter for the rest.
    private static void note(LimitExceeded exceeded, IngressMetrics metrics) {
        metrics.clientLimited(exceeded.limit());
        if (exceeded.occurrence() == LimitExceeded.Occurrence.FIRST) {
            LOG.info(LogLine.of("limit-client")
                    .with(LogKey.CLIENT, exceeded.client())
                    .with(
                            LogKey.LIMIT,
                            exceeded.limit().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .with(LogKey.REASON, "more than " + exceeded.allowed()));
        }
    }

    ClientLimits limits() {
        return counted;
    }

    @Override
    public void close() {
        shared.ifPresent(RedisClientCounts::close);
    }
}
