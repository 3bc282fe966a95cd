package io.sekisho.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {

    @ParameterizedTest
    @CsvSource({
        "Example.COM, example.com",
        "example.com., example.com",
        "bücher.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "日本.example, xn--wgv71a.example",
        "*.Example.com, *.example.com",
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1/32, 192.0.2.1",
        "192.0.2.0/24, 192.0.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.0/120, 192.0.2.0/24",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "::/0, ::/0",
    })
    void storesEachSpellingInOneForm(String given, String stored) {
        assertThat(Peer.parse(given).text()).isEqualTo(stored);
        assertThat(Peer.parse(stored)).isEqualTo(Peer.parse(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "a..b",
                "-a.example",
                "a b.example",
                "1.2.3",
                "1.2.3.4.5",
                "192.0.2.0/33",
                "192.0.2.1/",
                "192.0.2.0/024",
                "fe80::1%eth0",
                "2001:db8::/129",
                "*.192.0.2.1",
                "exa*mple.com",
                "example.123"
            })
    void refusesWhatNamesNoPeer(String text) {
        assertThatThrownBy(() -> Peer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void suggestsTheBlockWhereHostBitsAreSet() {
        assertThatThrownBy(() -> Peer.parse("192.0.2.7/24")).hasMessageContaining("did you mean '192.0.2.0/24'");
        assertThatThrownBy(() -> Peer.parse("2001:db8::1/64")).hasMessageContaining("did you mean '2001:db8::/64'");
    }

    @Test
    void holdsAddressesOfBothFamiliesApart() {
        assertThat(IpNetwork.parse("0.0.0.0/0").contains(IpAddress.parse("::1")))
                .isFalse();
        assertThat(IpNetwork.parse("0.0.0.0/0").contains(IpAddress.parse("::ffff:10.0.0.1")))
                .isTrue();
        assertThat(IpNetwork.parse("192.0.2.0/25").contains(IpAddress.parse("192.0.2.127")))
                .isTrue();
        assertThat(IpNetwork.parse("192.0.2.0/25").contains(IpAddress.parse("192.0.2.128")))
                .isFalse();
        assertThat(IpNetwork.parse("2001:db8::/65").contains(IpAddress.parse("2001:db8:0:0:7fff::1")))
                .isTrue();
        assertThat(IpNetwork.parse("2001:db8::/65").contains(IpAddress.parse("2001:db8:0:0:8000::1")))
                .isFalse();
    }

    @Test
    void takesASubdomainForBelowOnlyAtALabelBoundary() {
        DomainName apex = DomainName.parse("example.com");
        assertThat(DomainName.parse("a.b.example.com").isBelow(apex)).isTrue();
        assertThat(apex.isBelow(apex)).isFalse();
        assertThat(DomainName.parse("badexample.com").isBelow(apex)).isFalse();
    }
}
