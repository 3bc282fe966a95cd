package io.sekisho.egress.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.delivery.Route.StaticRoute;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.TlsSetting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

    private static final NextHop HOP = new NextHop("mail.internal.example", 25, 10);

    @ParameterizedTest
    @CsvSource({
        "partner.example, one, 2501",
        "PARTNER.example, one, 2501",
        "a.partner.example, two, 2502",
        "x.y.partner.example, two, 2502",
        "deep.sub.partner.example, three, 2503",
        "elsewhere.example, smart, 2599"
    })
    void takesTheMostSpecificPattern(String domain, String host, int port) {
        Routing routing = routing(
                "*=smart:2599",
                "partner.example=one:2501",
                "*.partner.example=two:2502",
                "*.sub.partner.example=three:2503");

        assertThat(routing.to(DomainName.parse(domain), Optional.empty())).isEqualTo(new StaticRoute(host, port));
    }

    @Test
    void routesNothingByAnEmptyTable() {
        DomainName domain = DomainName.parse("partner.example");

        assertThat(routing().to(domain, Optional.empty())).isEqualTo(new Route.MailExchangers(domain));
    }

    @Test
    void sendsAManagedDomainToItsNextHopsNotToTheSmartHost() {
        CompiledDomain managed = managed("customer.example");

        assertThat(routing("*=smart:25").to(managed.domain(), Optional.of(managed)))
                .isEqualTo(new Route.NextHops(managed.domain(), List.of(HOP)));
    }

    @Test
    void letsTheOperatorsNamedRouteStandAboveNextHops() {
        CompiledDomain managed = managed("customer.example");

        assertThat(routing("customer.example=other:26").to(managed.domain(), Optional.of(managed)))
                .isEqualTo(new StaticRoute("other", 26));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example=host, host, 25",
        "a.example=127.0.0.1:2525, 127.0.0.1, 2525",
        "a.example=[127.0.0.1]:2525, 127.0.0.1, 2525",
        "a.example=2001:db8::1, 2001:db8::1, 25",
        "a.example=[2001:db8::1], 2001:db8::1, 25",
        "a.example=[2001:db8::1]:26, 2001:db8::1, 26",
        "a.example = Host.Example:587, host.example, 587"
    })
    void readsHostsAndPorts(String entry, String host, int port) {
        assertThat(routing(entry).to(DomainName.parse("a.example"), Optional.empty()))
                .isEqualTo(new StaticRoute(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "partner.example, pattern=host:port",
        "=host:25, pattern=host:port",
        "partner.example=host:0, 1 to 65535",
        "partner.example=host:65536, 1 to 65535",
        "partner.example=host:smtp, 1 to 65535",
        "partner.example=, domain name",
        "partner.example=1.2.3.4.5:25, IP address",
        "-bad-.example=host:25, hyphen",
        "*.*.example=host:25, character"
    })
    void saysWhichRouteIsWrongAndWhy(String entry, String why) {
        assertThatThrownBy(() -> routing(entry)).hasMessageContaining(entry).hasMessageContaining(why);
    }

    @Test
    void refusesTwoRoutesForOnePattern() {
        assertThatThrownBy(() -> routing("a.example=one:25", "A.example.=two:25"))
                .hasMessageContaining("two routes");
        assertThatThrownBy(() -> routing("*=one:25", "*=two:25")).hasMessageContaining("two routes");
    }

    private static Routing routing(String... entries) {
        return new Routing(new StaticRoutes(List.of(entries)));
    }

    private static CompiledDomain managed(String domain) {
        return new CompiledDomain(
                DomainName.parse(domain),
                PolicyRevision.NONE,
                false,
                List.of(HOP),
                TlsSetting.OPPORTUNISTIC,
                null,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
