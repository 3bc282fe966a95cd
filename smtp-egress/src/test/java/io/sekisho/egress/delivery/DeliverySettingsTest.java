package io.sekisho.egress.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.egress.delivery.DeliverySettings.Bounds;
import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverySettingsTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.53, 192.0.2.53, 53",
        "192.0.2.53:5353, 192.0.2.53, 5353",
        "2001:db8::53, 2001:db8:0:0:0:0:0:53, 53",
        "[2001:db8::53], 2001:db8:0:0:0:0:0:53, 53",
        "[2001:db8::53]:5353, 2001:db8:0:0:0:0:0:53, 5353"
    })
    void readsDnsServers(String text, String address, int port) {
        assertThat(DeliverySettings.dnsServer(text).getAddress().getHostAddress())
                .isEqualTo(address);
        assertThat(DeliverySettings.dnsServer(text).getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns.example", "192.0.2.53:0", "192.0.2.53:x", "[2001:db8::53]:65536", "", ":53"})
    void saysWhichDnsServerIsWrong(String text) {
        assertThatThrownBy(() -> DeliverySettings.dnsServer(text))
                .hasMessageContaining("sekisho.delivery.dns-servers")
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void refusesWhatLetsNothingBeDelivered() {
        assertThatThrownBy(() -> DeliverySettings.of("not a name")).hasMessageContaining("sekisho.delivery.hostname");
        assertThatThrownBy(() -> new Bounds(0, 1, Duration.ofMinutes(1), 1)).hasMessageContaining("bounds");
        Duration some = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new TimeOuts(some, some, some, Duration.ZERO, some, some, some, some, some))
                .hasMessageContaining("time-outs");
    }
}
