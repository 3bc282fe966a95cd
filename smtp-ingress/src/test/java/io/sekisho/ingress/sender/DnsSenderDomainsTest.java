package io.sekisho.ingress.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.mail.address.DomainName;
import io.sekisho.testkit.dns.ScriptedDns;
import io.sekisho.testkit.dns.ZoneData;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsSenderDomainsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ScriptedDns dns;
    private static DnsSenderDomains domains;

    @BeforeAll
    static void start() {
        dns = ScriptedDns.start(new ZoneData()
                .mx("mx.example", 10, "mail.mx.example")
                .address("v4.example", "192.0.2.1")
                .address("v6.example", "2001:db8::1")
                .nullMx("null.example")
                .nullMx("both.example")
                .mx("both.example", 10, "mail.mx.example")
                .empty("empty.example")
                .cname("alias.example", "mx.example")
                .cname("dangling.example", "absent.example")
                .servfail("broken.example")
                .silent("silent.example"));
        domains = new DnsSenderDomains(List.of(dns.address()), PATIENCE);
    }

    @AfterAll
    static void stop() {
        dns.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example, TAKES_MAIL",
        "v4.example, TAKES_MAIL",
        "v6.example, TAKES_MAIL",
        "alias.example, TAKES_MAIL",
        "both.example, TAKES_MAIL",
        "null.example, TAKES_NO_MAIL",
        "absent.example, DOES_NOT_EXIST",
        "empty.example, DOES_NOT_EXIST",
        "dangling.example, DOES_NOT_EXIST",
        "broken.example, UNKNOWN"
    })
    void says(String domain, SenderDomain what) {
        assertThat(lookUp(domain)).isEqualTo(what);
    }

    @Test
    void doesNotKnowWhatTheServerDoesNotAnswerInTime() {
        DnsSenderDomains hasty = new DnsSenderDomains(List.of(dns.address()), Duration.ofMillis(300));

        assertThat(hasty.lookUp(DomainName.parse("silent.example")).await().atMost(PATIENCE))
                .isEqualTo(SenderDomain.UNKNOWN);
    }

    @Test
    void asksTheServerOnceForADomain() {
        lookUp("mx.example");
        int before = dns.asked().size();

        lookUp("mx.example");

        assertThat(dns.asked()).hasSize(before);
    }

    @Test
    void doesNotKnowWhereNoServerAnswers() {
        ScriptedDns gone = ScriptedDns.start();
        DnsSenderDomains alone = new DnsSenderDomains(List.of(gone.address()), Duration.ofMillis(300));
        gone.close();

        assertThat(alone.lookUp(DomainName.parse("mx.example")).await().atMost(PATIENCE))
                .isEqualTo(SenderDomain.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.53, /192.0.2.53:53",
        "192.0.2.53:5353, /192.0.2.53:5353",
        "2001:db8::53, /[2001:db8:0:0:0:0:0:53]:53",
        "[2001:db8::53]:5353, /[2001:db8:0:0:0:0:0:53]:5353"
    })
    void readsServers(String text, String server) {
        assertThat(DnsServer.parse(text)).hasToString(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.example", "192.0.2.53:", "192.0.2.53:x", "192.0.2.53:70000", "[192.0.2.53"})
    void readsNoServerThatIsNoAddress(String text) {
        assertThatThrownBy(() -> DnsServer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SenderDomain lookUp(String domain) {
        return domains.lookUp(DomainName.parse(domain)).await().atMost(PATIENCE);
    }
}
