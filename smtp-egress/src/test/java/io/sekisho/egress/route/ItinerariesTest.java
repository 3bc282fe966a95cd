package io.sekisho.egress.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.delivery.DeliverySettings.Bounds;
import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.route.Destination.NameSource;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.testkit.dns.ScriptedDns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItinerariesTest {

    private static final DomainName PARTNER = DomainName.parse("partner.example");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ScriptedDns dns;

    @BeforeEach
    void startDns() {
        dns = ScriptedDns.start();
    }

    @AfterEach
    void stopDns() {
        dns.close();
    }

    @Test
    void visitsExchangersByPreference() {
        dns.zone()
                .mx("partner.example", 20, "c.partner.example")
                .mx("partner.example", 5, "a.partner.example")
                .mx("partner.example", 10, "b.partner.example")
                .address("a.partner.example", "192.0.2.1")
                .address("b.partner.example", "192.0.2.2")
                .address("c.partner.example", "192.0.2.3");

        assertThat(hosts(visit(mx()))).containsExactly("a.partner.example", "b.partner.example", "c.partner.example");
    }

    @Test
    void shufflesExchangersOfEqualPreference() {
        for (String host : List.of("a", "b", "c")) {
            dns.zone()
                    .mx("partner.example", 10, host + ".partner.example")
                    .address(host + ".partner.example", "192.0.2.1");
        }
        Itineraries itineraries = itineraries(settings());

        Set<String> firsts = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            firsts.add(hosts(find(itineraries, mx())).getFirst());
        }

        assertThat(firsts).containsExactly("a.partner.example", "b.partner.example", "c.partner.example");
    }

    @Test
    void takesAddressesOfBothFamiliesInTurn() {
        dns.zone()
                .mx("partner.example", 10, "a.partner.example")
                .address("a.partner.example", "192.0.2.1")
                .address("a.partner.example", "192.0.2.2")
                .address("a.partner.example", "2001:db8::1");

        assertThat(addresses(visit(mx()))).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2", "2001:db8::1");
        assertThat(addresses(visit(mx())).get(1)).isEqualTo("2001:db8::1");
    }

    @Test
    void takesTheDomainItselfOnlyWhereThereIsNoExchanger() {
        dns.zone().address("partner.example", "192.0.2.9");
        assertThat(visit(mx()).destinations())
                .containsExactly(new Destination("partner.example", IpAddress.parse("192.0.2.9"), 25, NameSource.DNS));

        dns.zone().mx("other.example", 10, "gone.other.example").address("other.example", "192.0.2.9");
        Itinerary other = visit(new Route.MailExchangers(DomainName.parse("other.example")));
        assertThat(other.destinations()).isEmpty();
        assertThat(failed(other).enhancedStatus()).isEqualTo("5.4.4");
    }

    @Test
    void failsForANullMx() {
        dns.zone().nullMx("partner.example");

        Failed failed = failed(visit(mx()));

        assertThat(failed.enhancedStatus()).isEqualTo("5.1.10");
        assertThat(failed.reply())
                .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(556));
    }

    @Test
    void ignoresTheRootBesideOtherExchangers() {
        dns.zone()
                .nullMx("partner.example")
                .mx("partner.example", 10, "a.partner.example")
                .address("a.partner.example", "192.0.2.1");

        assertThat(hosts(visit(mx()))).containsExactly("a.partner.example");
    }

    @Test
    void failsForADomainThatDoesNotExist() {
        assertThat(failed(visit(mx())).enhancedStatus()).isEqualTo("5.1.2");
    }

    @Test
    void failsForADomainWithoutExchangerAndAddress() {
        dns.zone().empty("partner.example");

        assertThat(failed(visit(mx())).enhancedStatus()).isEqualTo("5.1.2");
    }

    @Test
    void defersWhereDnsFails() {
        dns.zone().servfail("partner.example");

        assertThat(deferred(visit(mx())).enhancedStatus()).isEqualTo("4.4.3");
        assertThat(deferred(visit(mx())).cause()).isInstanceOf(DeferralCause.DnsFailed.class);
    }

    @Test
    void defersWhereDnsDoesNotAnswer() {
        dns.zone().silent("partner.example");

        Deferred deferred = deferred(visit(mx()));

        assertThat(deferred.cause()).isInstanceOf(DeferralCause.DnsFailed.class);
        assertThat(deferred.detail()).contains("MX of partner.example");
    }

    @Test
    void keepsASetbackForEachExchangerWithoutAddress() {
        dns.zone()
                .mx("partner.example", 10, "fails.partner.example")
                .mx("partner.example", 20, "gone.partner.example")
                .mx("partner.example", 30, "good.partner.example")
                .servfail("fails.partner.example")
                .address("good.partner.example", "192.0.2.1");

        Itinerary itinerary = visit(mx());

        assertThat(hosts(itinerary)).containsExactly("good.partner.example");
        assertThat(itinerary.setbacks()).hasSize(2);
        assertThat(itinerary.setbacks().get(0)).isInstanceOf(Deferred.class);
        assertThat(itinerary.setbacks().get(1)).isInstanceOf(Failed.class);
    }

    @Test
    void takesAnAddressForNoExchanger() {
        dns.zone().mx("partner.example", 10, "192.0.2.1");

        assertThat(failed(visit(mx())).detail()).contains("192.0.2.1");
    }

    @Test
    void followsAliases() {
        dns.zone()
                .cname("partner.example", "hosted.example")
                .mx("hosted.example", 10, "mx.hosted.example")
                .cname("mx.hosted.example", "real.hosted.example")
                .address("real.hosted.example", "192.0.2.7");

        assertThat(visit(mx()).destinations())
                .containsExactly(
                        new Destination("mx.hosted.example", IpAddress.parse("192.0.2.7"), 25, NameSource.DNS));
    }

    @Test
    void asksAgainOverTcpForACutAnswer() {
        dns.zone()
                .mx("partner.example", 10, "a.partner.example")
                .truncated("partner.example")
                .address("a.partner.example", "192.0.2.1");

        assertThat(hosts(visit(mx()))).containsExactly("a.partner.example");
    }

    @Test
    void remembersAnswersForTheirTime() {
        dns.zone().mx("partner.example", 10, "a.partner.example").address("a.partner.example", "192.0.2.1");
        Itineraries itineraries = itineraries(settings());
        find(itineraries, mx());
        int questions = dns.asked().size();

        find(itineraries, mx());

        assertThat(dns.asked().stream()
                        .filter(asked -> !asked.type().equals("AAAA"))
                        .count())
                .isLessThanOrEqualTo(questions);
        assertThat(dns.asked().stream().filter(asked -> asked.type().equals("MX")))
                .hasSize(1);
    }

    @Test
    void asksAgainWhenItsTimeIsOver() {
        dns.zone()
                .ttl(1)
                .mx("partner.example", 10, "a.partner.example")
                .ttl(60)
                .address("a.partner.example", "192.0.2.1");
        Itineraries itineraries = itineraries(settings());
        find(itineraries, mx());

        await().atMost(PATIENCE).until(() -> {
            find(itineraries, mx());
            return questions("MX") == 2;
        });

        assertThat(questions("A")).isOne();
    }

    @Test
    void remembersNothingThatMayNotBeRemembered() {
        dns.zone().ttl(0).mx("partner.example", 10, "a.partner.example").address("a.partner.example", "192.0.2.1");
        Itineraries itineraries = itineraries(settings());

        find(itineraries, mx());
        find(itineraries, mx());

        assertThat(questions("MX")).isEqualTo(2);
    }

    @Test
    void remembersThatADomainDoesNotExistForItsTime() {
        dns.zone().absenceLasts(60);
        Itineraries itineraries = itineraries(settings());

        for (int i = 0; i < 3; i++) {
            Itinerary itinerary = find(itineraries, mx());
            assertThat(failed(itinerary).enhancedStatus()).isEqualTo("5.1.2");
        }

        assertThat(questions("MX")).isOne();
    }

    @Test
    void remembersNoFailureOfDns() {
        dns.zone().servfail("partner.example");
        Itineraries itineraries = itineraries(settings());
        assertThat(deferred(find(itineraries, mx())).enhancedStatus()).isEqualTo("4.4.3");

        dns.zone().forget("partner.example").mx("partner.example", 10, "a.partner.example");
        dns.zone().address("a.partner.example", "192.0.2.1");

        assertThat(hosts(find(itineraries, mx()))).containsExactly("a.partner.example");
    }

    @Test
    void remembersNoMoreThanItMay() {
        Bounds few = new Bounds(5, 4, Duration.ofMinutes(1), 4, 1);
        Itineraries itineraries = itineraries(with(settings(), few));
        for (String each : List.of("one", "two", "three", "four", "five", "one")) {
            dns.zone().forget(each + ".example").mx(each + ".example", 10, "a." + each + ".example");
            dns.zone().forget("a." + each + ".example").address("a." + each + ".example", "192.0.2.1");
            find(itineraries, new Route.MailExchangers(DomainName.parse(each + ".example")));
        }

        assertThat(dns.asked().stream().filter(asked -> asked.name().equals("one.example")))
                .hasSize(2);
    }

    @Test
    void defersWhereAliasesLeadInACircle() {
        dns.zone().cname("partner.example", "other.example").cname("other.example", "partner.example");

        assertThat(deferred(visit(mx())).enhancedStatus()).isEqualTo("4.4.3");
    }

    private static Itinerary find(Itineraries itineraries, Route route) {
        return itineraries
                .find(route)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private long questions(String type) {
        return dns.asked().stream().filter(asked -> asked.type().equals(type)).count();
    }

    @Test
    void goesOnlyToHostsMorePreferredThanThisGateway() {
        dns.zone()
                .mx("partner.example", 5, "better.partner.example")
                .mx("partner.example", 10, "Gateway.Example")
                .mx("partner.example", 10, "equal.partner.example")
                .mx("partner.example", 20, "worse.partner.example")
                .address("better.partner.example", "192.0.2.1")
                .address("equal.partner.example", "192.0.2.2")
                .address("worse.partner.example", "192.0.2.3");

        assertThat(hosts(visit(mx()))).containsExactly("better.partner.example");
    }

    @Test
    void seesItselfByAnyOfItsNamesAndAddresses() {
        dns.zone()
                .mx("partner.example", 5, "mx.gateway.example")
                .mx("byaddress.example", 5, "alias.elsewhere.example")
                .mx("byaddress.example", 9, "worse.elsewhere.example")
                .address("alias.elsewhere.example", "203.0.113.25")
                .address("worse.elsewhere.example", "192.0.2.3")
                .address("implicit.example", "203.0.113.25")
                .address("gateway.example", "203.0.113.26");

        assertThat(failed(visit(mx())).enhancedStatus()).isEqualTo("5.4.6");
        for (String domain : List.of("byaddress.example", "implicit.example", "gateway.example")) {
            Itinerary itinerary = visit(new Route.MailExchangers(DomainName.parse(domain)));
            assertThat(failed(itinerary).enhancedStatus()).as(domain).isEqualTo("5.4.6");
        }
    }

    @Test
    void visitsNextHopsByPreferenceAndPort() {
        dns.zone().address("a.internal.example", "10.0.0.1").address("b.internal.example", "10.0.0.2");

        Itinerary itinerary = visit(hops(
                new NextHop("b.internal.example", 2526, 20),
                new NextHop("a.internal.example", 2525, 10),
                new NextHop("10.0.0.3", 25, 30)));

        assertThat(itinerary.destinations())
                .containsExactly(
                        configured("a.internal.example", "10.0.0.1", 2525),
                        configured("b.internal.example", "10.0.0.2", 2526),
                        configured("10.0.0.3", "10.0.0.3", 25));
        assertThat(itinerary.destinations().getLast().isAddressLiteral()).isTrue();
    }

    @Test
    void defersWhereAConfiguredHostDoesNotExist() {
        Deferred deferred = deferred(visit(hops(new NextHop("typo.internal.example", 25, 10))));

        assertThat(deferred.cause()).isInstanceOf(DeferralCause.NoRoute.class);
        assertThat(deferred.detail()).contains("typo.internal.example");
    }

    @Test
    void defersWhereAManagedDomainHasNoNextHops() {
        assertThat(deferred(visit(hops())).detail()).contains("partner.example", "set nextHops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.4", "[192.0.2.4]", "2001:db8::4", "[2001:db8::4]", "[IPv6:2001:db8::4]"})
    void takesAddressLiteralsFromConfiguration(String host) {
        Destination destination =
                visit(new Route.StaticRoute(host, 26)).destinations().getFirst();

        assertThat(destination.isAddressLiteral()).isTrue();
        assertThat(destination.port()).isEqualTo(26);
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void neverAsksDnsForLocalhost() {
        assertThat(addresses(visit(new Route.StaticRoute("localhost", 25)))).containsExactly("127.0.0.1", "::1");
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void isBoundedInHostsAndAddresses() {
        for (int host = 0; host < 30; host++) {
            String name = "mx" + host + ".partner.example";
            dns.zone().mx("partner.example", host, name);
            for (int address = 1; address <= 9; address++) {
                dns.zone().address(name, "192.0.2." + address);
            }
        }
        DeliverySettings standard = settings();
        DeliverySettings bounded = with(standard, new Bounds(3, 2, Duration.ofMinutes(1), 100, 100));

        assertThat(hosts(find(itineraries(bounded), mx())))
                .containsExactly(
                        "mx0.partner.example",
                        "mx0.partner.example",
                        "mx1.partner.example",
                        "mx1.partner.example",
                        "mx2.partner.example",
                        "mx2.partner.example");
    }

    private Itinerary visit(Route route) {
        return find(itineraries(settings()), route);
    }

    private static Itineraries itineraries(DeliverySettings settings) {
        return new Itineraries(settings, new Random(1));
    }

    private DeliverySettings settings() {
        DeliverySettings standard = DeliverySettings.of("gateway.example");
        TimeOuts fast = new TimeOuts(
                Duration.ofSeconds(2),
                standard.timeOuts().connect(),
                standard.timeOuts().greeting(),
                standard.timeOuts().command(),
                standard.timeOuts().handshake(),
                standard.timeOuts().data(),
                standard.timeOuts().block(),
                standard.timeOuts().finalDot(),
                standard.timeOuts().quit(),
                standard.timeOuts().idle());
        return new DeliverySettings(
                "gateway.example",
                Set.of("mx.gateway.example"),
                Set.of(IpAddress.parse("203.0.113.25")),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(dns.address()),
                25,
                fast,
                Bounds.STANDARD);
    }

    private static DeliverySettings with(DeliverySettings settings, Bounds bounds) {
        return new DeliverySettings(
                settings.hostname(),
                settings.ownHostnames(),
                settings.ownAddresses(),
                settings.routes(),
                settings.allowedNextHopNetworks(),
                settings.trustedCa(),
                settings.dnsServers(),
                settings.smtpPort(),
                settings.timeOuts(),
                bounds);
    }

    private static Route mx() {
        return new Route.MailExchangers(PARTNER);
    }

    private static Route hops(NextHop... hops) {
        return new Route.NextHops(PARTNER, List.of(hops));
    }

    private static Destination configured(String host, String address, int port) {
        return new Destination(host, IpAddress.parse(address), port, NameSource.CONFIGURATION);
    }

    private static List<String> hosts(Itinerary itinerary) {
        return itinerary.destinations().stream().map(Destination::host).toList();
    }

    private static List<String> addresses(Itinerary itinerary) {
        return itinerary.destinations().stream()
                .map(destination -> destination.address().toString())
                .toList();
    }

    private static Failed failed(Itinerary itinerary) {
        return (Failed) only(itinerary);
    }

    private static Deferred deferred(Itinerary itinerary) {
        return (Deferred) only(itinerary);
    }

    private static RecipientOutcome only(Itinerary itinerary) {
        assertThat(itinerary.destinations()).isEmpty();
        assertThat(itinerary.setbacks()).hasSize(1);
        return itinerary.setbacks().getFirst();
    }
}
