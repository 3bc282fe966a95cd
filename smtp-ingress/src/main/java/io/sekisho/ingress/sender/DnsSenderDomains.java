package io.sekisho.ingress.sender;

import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.mail.address.DomainName;
import io.smallrye.mutiny.Uni;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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
 * Senders' domains by dnsjava, with a bounded cache that honours TTLs, negative answers included. Only what DNS says does
 * not exist is absent; whatever else goes wrong leaves the domain unknown.
 *
 * <p><b>Thread safety:</b> any thread; never blocks. How many look-ups are under way is bounded by the connections, each of
 * which waits for one.
 */
public final class DnsSenderDomains implements SenderDomains {

    private static final int TRIES_PER_SERVER = 2;
    private static final int CACHE_ENTRIES = 50_000;
    private static final Duration LONGEST_CACHED = Duration.ofDays(1);

    /** A sender who mends his DNS should not have to wait long. */
    private static final Duration LONGEST_ABSENT = Duration.ofMinutes(15);

    private final LookupSession session;
    private final Duration timeOut;

    /**
     * Asks these servers.
     *
     * @param servers empty: the system's
     * @param timeOut of everything that one domain needs
     */
    public DnsSenderDomains(List<InetSocketAddress> servers, Duration timeOut) {
        this.timeOut = timeOut;
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(CACHE_ENTRIES);
        cache.setMaxCache((int) LONGEST_CACHED.toSeconds());
        cache.setMaxNCache((int) LONGEST_ABSENT.toSeconds());
        List<InetSocketAddress> asked =
                servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
        // Neither a search path nor a hosts file: a stranger's domain must not be read in the light of this machine's.
        session = LookupSession.builder()
                .resolver(resolver(asked, timeOut))
                .cache(cache)
                .build();
    }

    @Override
    public Uni<SenderDomain> lookUp(DomainName domain) {
        Name name;
        try {
            name = Name.fromString(domain.ascii() + ".");
        } catch (TextParseException noName) {
            return Uni.createFrom().item(SenderDomain.DOES_NOT_EXIST);
        }
        // The parts are put together by the future itself: dnsjava's threads know nothing of the service's contexts.
        return Uni.createFrom()
                .completionStage(() -> ask(name))
                .ifNoItem()
                .after(timeOut)
                .recoverWithItem(SenderDomain.UNKNOWN)
                .onFailure()
                .recoverWithItem(SenderDomain.UNKNOWN);
    }

    private CompletionStage<SenderDomain> ask(Name name) {
        return records(name, Type.MX).thenCompose(found -> switch (found) {
            case Records(List<Record> records)
            when !records.isEmpty() -> CompletableFuture.completedStage(exchangers(records));
            // RFC 5321 §5.1: without MX the address counts for one.
            case Records none -> address(name);
            case NoName() -> CompletableFuture.completedStage(SenderDomain.DOES_NOT_EXIST);
        });
    }

    // RFC 7505 §3: "." beside other exchangers means nothing.
    private static SenderDomain exchangers(List<Record> records) {
        return records.stream()
                        .allMatch(record ->
                                record instanceof MXRecord mx && mx.getTarget().equals(Name.root))
                ? SenderDomain.TAKES_NO_MAIL
                : SenderDomain.TAKES_MAIL;
    }

    private CompletionStage<SenderDomain> address(Name name) {
        return records(name, Type.A)
                .thenCompose(v4 -> isThere(v4)
                        ? CompletableFuture.completedStage(SenderDomain.TAKES_MAIL)
                        : records(name, Type.AAAA)
                                .thenApply(v6 -> isThere(v6) ? SenderDomain.TAKES_MAIL : SenderDomain.DOES_NOT_EXIST));
    }

    private static boolean isThere(Found found) {
        return found instanceof Records(List<Record> records) && !records.isEmpty();
    }

    /** What DNS has, or that it has nothing; fails where it gives no answer. */
    private CompletionStage<Found> records(Name name, int type) {
        return session.lookupAsync(name, type)
                .<Found>thenApply(result -> new Records(result.getRecords()))
                .exceptionally(DnsSenderDomains::nothing);
    }

    private static Found nothing(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case NoSuchDomainException none -> new NoName();
            case NoSuchRRSetException none -> new Records(List.of());
            default -> throw new CompletionException(cause);
        };
    }

    private static Resolver resolver(List<InetSocketAddress> servers, Duration timeOut) {
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
}
