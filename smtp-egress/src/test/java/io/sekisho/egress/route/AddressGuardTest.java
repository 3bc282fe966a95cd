package io.sekisho.egress.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.1.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001:0:1::1",
                "2002:7f00:1::1",
                "2002:c0a8:101::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void refusesAddressesInside(String address) {
        assertThat(guard.refusal(IpAddress.parse(address)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("sekisho.allowed-next-hop-networks", "RFC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.1",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2a00:1450::1",
                "64:ff9b::101:101",
                "2002:101:101::1"
            })
    void letsHostsOfTheInternetPass(String address) {
        assertThat(guard.refusal(IpAddress.parse(address))).isEmpty();
    }

    @Test
    void letsPassWhatTheOperatorAllowsAndNothingElse() {
        AddressGuard some = new AddressGuard(List.of(IpNetwork.parse("127.0.0.0/8"), IpNetwork.parse("fd00:1::/32")));

        assertThat(some.refusal(IpAddress.parse("127.0.0.1"))).isEmpty();
        assertThat(some.refusal(IpAddress.parse("::ffff:127.0.0.1"))).isEmpty();
        assertThat(some.refusal(IpAddress.parse("fd00:1::25"))).isEmpty();
        assertThat(some.refusal(IpAddress.parse("::1"))).isPresent();
        assertThat(some.refusal(IpAddress.parse("fd00:2::25"))).isPresent();
        assertThat(some.refusal(IpAddress.parse("64:ff9b::7f00:1"))).isPresent();
    }
}
