package io.sekisho.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.testkit.dns.ScriptedDns.Asked;
import io.sekisho.testkit.dns.ScriptedDns.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class ScriptedDnsTest {

    private final ScriptedDns dns = ScriptedDns.start();

    @AfterEach
    void stop() {
        dns.close();
    }

    @ParameterizedTest
    @CsvSource({
        "x.example, MX, 10 mx1.x.example.|20 mx2.x.example.",
        "mx1.x.example, A, 192.0.2.1",
        "mx1.x.example, AAAA, 2001:db8:0:0:0:0:0:1",
        "MX1.X.example, A, 192.0.2.1",
        "www.x.example, A, mx1.x.example.|192.0.2.1",
        "null.example, MX, 0 .",
        "_25._tcp.mx1.x.example, TLSA, 3 1 1 00FF",
        "x.example, TXT, \"v=spf1 -all\"",
        "x.example, A, ''",
        "empty.example, MX, ''",
    })
    void answersFromItsZone(String name, String type, String data) throws IOException {
        dns.zone()
                .mx("x.example", 10, "mx1.x.example")
                .mx("x.example", 20, "mx2.x.example")
                .address("mx1.x.example", "192.0.2.1")
                .address("mx1.x.example", "2001:db8::1")
                .cname("www.x.example", "mx1.x.example")
                .nullMx("null.example")
                .tlsa("_25._tcp.mx1.x.example", 3, 1, 1, "00ff")
                .txt("x.example", "v=spf1 -all")
                .empty("empty.example");

        Message answer = ask(name, type);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(String.join(
                        "|",
                        answer.getSection(Section.ANSWER).stream()
                                .map(Record::rdataToString)
                                .toList()))
                .isEqualTo(data);
    }

    @Test
    void knowsNoOtherName() throws IOException {
        assertThat(ask("no.example", "MX").getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void failsAsToldAndRecovers() throws IOException {
        dns.zone().servfail("x.example");
        assertThat(ask("x.example", "MX").getRcode()).isEqualTo(Rcode.SERVFAIL);

        dns.zone().forget("x.example").mx("x.example", 10, "mx.x.example");
        assertThat(ask("x.example", "MX").getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void staysSilentAsTold() {
        dns.zone().silent("x.example");

        assertThatThrownBy(() -> ask("x.example", "MX", Duration.ofMillis(300))).isInstanceOf(IOException.class);
    }

    @Test
    void isAskedAgainOverTcpWhereItCutsItsAnswer() throws IOException {
        dns.zone().address("big.example", "192.0.2.1").truncated("big.example");

        assertThat(ask("big.example", "A").getSection(Section.ANSWER)).hasSize(1);
        assertThat(dns.asked())
                .containsExactly(
                        new Asked("big.example", "A", Transport.UDP), new Asked("big.example", "A", Transport.TCP));
    }

    @Test
    void marksAnswersAsAuthenticated() throws IOException {
        dns.zone()
                .address("a.example", "192.0.2.1")
                .address("b.example", "192.0.2.1")
                .authenticated("a.example");

        assertThat(ask("a.example", "A").getHeader().getFlag(Flags.AD)).isTrue();
        assertThat(ask("b.example", "A").getHeader().getFlag(Flags.AD)).isFalse();
    }

    @Test
    void givesEachServerItsOwnPort() {
        try (ScriptedDns other = ScriptedDns.start()) {
            assertThat(List.of(dns.port(), other.port())).doesNotHaveDuplicates();
        }
    }

    private Message ask(String name, String type) throws IOException {
        return ask(name, type, Duration.ofSeconds(20));
    }

    private Message ask(String name, String type, Duration timeout) throws IOException {
        SimpleResolver resolver = new SimpleResolver(dns.address());
        resolver.setTimeout(timeout);
        return resolver.send(
                Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN)));
    }
}
