package io.sekisho.egress.route;

import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * DNS as mail needs it, by dnsjava: MX records and addresses, with a bounded cache that honours TTLs, negative answers
 * included. What could not be looked up is kept apart from what does not exist: the one is deferred, the other bounces.
 *
 * <p>Thread safety: all methods, none blocks. Results arrive on dnsjava's threads, which know nothing of the service's contexts: so they are
 * put together by the futures themselves.
 */
final class MailDns {

    private static final int TRIES_PER_SERVER = 2;

    /** Longer than this nothing is believed (RFC 8767 §4 speaks of days; a moved mail server should not take so long). */
    private static final Duration LONGEST_CACHED = Duration.ofDays(1);

    private static final Duration LONGEST_ABSENT = Duration.ofMinutes(15);

    private final LookupSession session;
    private final Duration timeOut;

    MailDns(DeliverySettings settings) {
        timeOut = settings.timeOuts().dns();
        List<InetSocketAddress> servers = settings.dnsServers().isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : settings.dnsServers();
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(settings.bounds().dnsCacheEntries());
        cache.setMaxCache((int) LONGEST_CACHED.toSeconds());
        cache.setMaxNCache((int) LONGEST_ABSENT.toSeconds());
        // Neither a search path nor a hosts file: a stranger's MX must not be read in the light of this machine's.
        session =
                LookupSession.builder().resolver(resolver(servers)).cache(cache).build();
    }

    /** The mail exchangers of a domain, a CNAME followed (RFC 5321 §5.1). */
    CompletionStage<MxAnswer> mailExchangers(DomainName domain) {
        return lookUp(domain.ascii(), Type.MX).thenApply(found -> switch (found) {
            case Records(List<Record> records) -> exchangers(records);
            case NoName() -> new MxAnswer.NoSuchDomain();
            case Broken(String detail) -> new MxAnswer.Unknown(detail);
        });
    }

    /** The addresses of a host, IPv4 and IPv6. */
    CompletionStage<AddressAnswer> addresses(DomainName host) {
        return lookUp(host.ascii(), Type.A)
                .thenCombine(lookUp(host.ascii(), Type.AAAA), (v4, v6) -> addresses(host, v4, v6));
    }

    private static MxAnswer exchangers(List<Record> records) {
        List<MxAnswer.Exchanger> hosts = new ArrayList<>();
        for (Record found : records) {
            // RFC 7505 §3: "." beside other exchangers means nothing.
            if (found instanceof MXRecord mx && !mx.getTarget().equals(Name.root)) {
                hosts.add(
                        new MxAnswer.Exchanger(mx.getPriority(), mx.getTarget().toString(true)));
            }
        }
        if (!hosts.isEmpty()) {
            return new MxAnswer.Exchangers(hosts);
        }
        return records.stream().anyMatch(MXRecord.class::isInstance) ? new MxAnswer.NullMx() : new MxAnswer.None();
    }

    private static AddressAnswer addresses(DomainName host, Found v4, Found v6) {
        List<IpAddress> fours = addresses(v4);
        List<IpAddress> sixes = addresses(v6);
        if (fours.isEmpty() && sixes.isEmpty()) {
            if (v4 instanceof Broken(String detail)) {
                return new AddressAnswer.Unknown(detail);
            }
            if (v6 instanceof Broken(String detail)) {
                return new AddressAnswer.Unknown(detail);
            }
            return new AddressAnswer.None(
                    v4 instanceof NoName ? host + " does not exist in DNS" : host + " has no address in DNS");
        }
        List<IpAddress> inTurn = new ArrayList<>();
        for (int i = 0; i < Math.max(fours.size(), sixes.size()); i++) {
            if (i < fours.size()) {
                inTurn.add(fours.get(i));
            }
            if (i < sixes.size()) {
                inTurn.add(sixes.get(i));
            }
        }
        return new AddressAnswer.Addresses(inTurn);
    }

    private static List<IpAddress> addresses(Found found) {
        List<IpAddress> addresses = new ArrayList<>();
        if (found instanceof Records(List<Record> records)) {
            for (Record each : records) {
                InetAddress address = switch (each) {
                    case ARecord a -> a.getAddress();
                    case AAAARecord aaaa -> aaaa.getAddress();
                    default -> null;
                };
                if (address != null) {
                    addresses.add(IpAddress.of(address));
                }
            }
        }
        return addresses;
    }

    private CompletionStage<Found> lookUp(String domain, int type) {
        String what = Type.string(type) + " of " + domain;
        Name name;
        try {
            name = Name.fromString(domain + ".");
        } catch (TextParseException noName) {
            return CompletableFuture.completedStage(new NoName());
        }
        return session.lookupAsync(name, type)
                .toCompletableFuture()
                .<Found>thenApply(result -> new Records(result.getRecords()))
                .orTimeout(timeOut.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> found(what, failure));
    }

    private Found found(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case NoSuchDomainException none -> new NoName();
            case NoSuchRRSetException none -> new Records(List.of());
            case TimeoutException late -> new Broken("DNS gave no " + what + " within " + timeOut.toSeconds() + " s");
            default -> new Broken("DNS could not look up " + what + ": " + cause.getMessage());
        };
    }

    private Resolver resolver(List<InetSocketAddress> servers) {
        long each = Math.max(1, timeOut.toMillis() / ((long) TRIES_PER_SERVER * servers.size()));
        List<Resolver> all = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            SimpleResolver one = new SimpleResolver(server);
            one.setTimeout(Duration.ofMillis(each));
            all.add(one);
        }
        ExtendedResolver resolver = new ExtendedResolver(all);
        resolver.setRetries(TRIES_PER_SERVER);
        resolver.setTimeout(timeOut);
        return resolver;
    }

    private sealed interface Found {}

    private record Records(List<Record> records) implements Found {}

    private record NoName() implements Found {}

    private record Broken(String detail) implements Found {}
}
