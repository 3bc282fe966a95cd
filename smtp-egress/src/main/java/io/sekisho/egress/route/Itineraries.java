package io.sekisho.egress.route;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.route.Destination.NameSource;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.ReplyFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Makes the itinerary of an attempt from its route: which addresses, in which order, at most so many.
 *
 * <p>What a stranger's DNS says does not exist is permanent; what the configuration names and does not exist is deferred,
 * because a mistyped next hop must not bounce a customer's mail.
 *
 * <p>Thread safety: all methods, none blocks.
 */
public final class Itineraries {

    /** Hosts of one route whose addresses are looked up at all: no MX set in good faith is larger. */
    private static final int MOST_HOSTS = 20;

    private static final String NO_ADDRESS = "5.4.4";

    private final DeliverySettings settings;
    private final MailDns dns;
    private final OwnHosts own;
    private final RandomGenerator random;

    /** @param random shuffles hosts of equal preference; safe for use by several threads */
    public Itineraries(DeliverySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        dns = new MailDns(settings);
        own = new OwnHosts(settings);
    }

    /** The itinerary; never fails for what DNS says or does not say. It may arrive on a thread of dnsjava. */
    public CompletionStage<Itinerary> find(Route route) {
        return switch (route) {
            case Route.StaticRoute(String host, int port) ->
                visit(List.of(new RouteHost(host, port, 0, NameSource.CONFIGURATION)));
            case Route.NextHops hops -> nextHops(hops);
            case Route.MailExchangers(DomainName domain) ->
                dns.mailExchangers(domain).thenCompose(answer -> exchangers(domain, answer));
        };
    }

    private CompletionStage<Itinerary> nextHops(Route.NextHops route) {
        if (route.hosts().isEmpty()) {
            return deadEnd(Deferred.withoutHost(
                    "4.4.4",
                    "the managed domain " + route.domain() + " has no next hops; set nextHops",
                    new DeferralCause.NoRoute()));
        }
        List<RouteHost> hosts = route.hosts().stream()
                .map(hop -> new RouteHost(hop.host(), hop.port(), hop.preference(), NameSource.CONFIGURATION))
                .toList();
        return visit(RouteHost.inOrder(hosts, random));
    }

    private CompletionStage<Itinerary> exchangers(DomainName domain, MxAnswer answer) {
        return switch (answer) {
            case MxAnswer.Unknown(String detail) ->
                deadEnd(Deferred.withoutHost("4.4.3", detail, new DeferralCause.DnsFailed()));
            case MxAnswer.NoSuchDomain() ->
                deadEnd(Failed.withoutHost("5.1.2", "the domain " + domain + " does not exist in DNS"));
            case MxAnswer.NullMx() -> deadEnd(nullMx(domain));
            // RFC 5321 §5.1: the implicit MX is the domain itself, and only where there is no MX record.
            case MxAnswer.None() ->
                visitExchangers(domain, List.of(exchanger(0, domain.ascii())))
                        .thenApply(itinerary ->
                                isMissing(itinerary) ? Itinerary.deadEnd(noMailDomain(domain)) : itinerary);
            case MxAnswer.Exchangers(List<MxAnswer.Exchanger> found) ->
                visitExchangers(
                        domain,
                        found.stream()
                                .map(each -> exchanger(each.preference(), each.host()))
                                .toList());
        };
    }

    private RouteHost exchanger(int preference, String host) {
        return new RouteHost(host, settings.smtpPort(), preference, NameSource.DNS);
    }

    private CompletionStage<Itinerary> visitExchangers(DomainName domain, List<RouteHost> hosts) {
        List<RouteHost> others = own.before(hosts);
        if (others.isEmpty()) {
            return deadEnd(loop(domain));
        }
        return addresses(RouteHost.inOrder(others, random)).thenApply(visits -> {
            OptionalInt ownPreference = visits.stream()
                    .filter(visit -> visit.found.stream().anyMatch(own::isOwn))
                    .mapToInt(visit -> visit.host.preference())
                    .min();
            List<Visit> left = visits.stream()
                    .filter(visit -> ownPreference.isEmpty() || visit.host.preference() < ownPreference.getAsInt())
                    .toList();
            return left.isEmpty() ? Itinerary.deadEnd(loop(domain)) : itinerary(left);
        });
    }

    private CompletionStage<Itinerary> visit(List<RouteHost> hosts) {
        return addresses(hosts).thenApply(this::itinerary);
    }

    private CompletionStage<List<Visit>> addresses(List<RouteHost> hosts) {
        List<CompletableFuture<Visit>> lookUps = hosts.stream()
                .limit(MOST_HOSTS)
                .map(this::addresses)
                .map(CompletionStage::toCompletableFuture)
                .toList();
        return CompletableFuture.allOf(lookUps.toArray(CompletableFuture[]::new))
                .thenApply(all -> lookUps.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<Visit> addresses(RouteHost host) {
        Optional<List<IpAddress>> literal = literal(host);
        if (literal.isPresent()) {
            return CompletableFuture.completedStage(new Visit(host, literal.get(), Optional.empty()));
        }
        Optional<DomainName> name = DomainName.tryParse(host.name());
        if (name.isEmpty()) {
            return CompletableFuture.completedStage(noAddress(host, "'" + host.name() + "' is not a host name"));
        }
        return dns.addresses(name.get()).thenApply(answer -> switch (answer) {
            case AddressAnswer.Addresses(List<IpAddress> found) -> new Visit(host, found, Optional.empty());
            case AddressAnswer.None(String detail) -> noAddress(host, detail);
            case AddressAnswer.Unknown(String detail) ->
                new Visit(
                        host,
                        List.of(),
                        Optional.of(Deferred.withoutHost("4.4.3", detail, new DeferralCause.DnsFailed())));
        });
    }

    /** Only configuration may name an address (RFC 5321 §5.1: an MX target is a domain name), or "localhost". */
    private static Optional<List<IpAddress>> literal(RouteHost host) {
        if (host.source() != NameSource.CONFIGURATION) {
            return Optional.empty();
        }
        if (host.name().equals("localhost")) {
            // RFC 6761 §6.3: this name is never asked of DNS.
            return Optional.of(List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1")));
        }
        String text = host.name().startsWith("[") && host.name().endsWith("]")
                ? host.name().substring(1, host.name().length() - 1)
                : host.name();
        try {
            // RFC 5321 §4.1.3: in brackets an IPv6 address is tagged.
            return Optional.of(List.of(IpAddress.parse(text.replaceFirst("^(?i)IPv6:", ""))));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    private static Visit noAddress(RouteHost host, String detail) {
        RecipientOutcome setback = host.source() == NameSource.CONFIGURATION
                ? Deferred.withoutHost("4.4.4", "configured host: " + detail, new DeferralCause.NoRoute())
                : Failed.withoutHost(NO_ADDRESS, "mail exchanger: " + detail);
        return new Visit(host, List.of(), Optional.of(setback));
    }

    private Itinerary itinerary(List<Visit> visits) {
        List<Destination> destinations = new ArrayList<>();
        List<RecipientOutcome> setbacks = new ArrayList<>();
        int hosts = 0;
        for (Visit visit : visits) {
            if (hosts++ == settings.bounds().hosts()) {
                break;
            }
            visit.setback.ifPresent(setbacks::add);
            visit.found.stream()
                    .limit(settings.bounds().addressesPerHost())
                    .map(address -> destination(visit.host, address))
                    .forEach(destinations::add);
        }
        return new Itinerary(destinations, setbacks);
    }

    private static Destination destination(RouteHost host, IpAddress address) {
        boolean isLiteral = literal(host).isPresent() && !host.name().equals("localhost");
        return new Destination(isLiteral ? address.toString() : host.name(), address, host.port(), host.source());
    }

    private static Failed nullMx(DomainName domain) {
        String text = "the domain " + domain + " takes no mail (null MX)";
        // RFC 7505 §4.2: 556 and 5.1.10.
        return new Failed(
                "5.1.10", Optional.of(new ReplyFacts(556, Optional.of("5.1.10"), text)), Optional.empty(), text);
    }

    private static boolean isMissing(Itinerary itinerary) {
        return itinerary.setbacks().stream()
                .anyMatch(setback ->
                        setback instanceof Failed failed && failed.failure() == AttemptFailure.HOST_WITHOUT_ADDRESS);
    }

    private static Failed noMailDomain(DomainName domain) {
        return Failed.withoutHost("5.1.2", "the domain " + domain + " has neither an MX record nor an address in DNS");
    }

    private static Failed loop(DomainName domain) {
        return Failed.withoutHost("5.4.6", "mail for " + domain + " loops back to this gateway: its MX names us");
    }

    private static CompletionStage<Itinerary> deadEnd(RecipientOutcome setback) {
        return CompletableFuture.completedStage(Itinerary.deadEnd(setback));
    }

    private record Visit(RouteHost host, List<IpAddress> found, Optional<RecipientOutcome> setback) {}
}
