package io.sekisho.egress.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.egress.delivery.DeliverySettings.Bounds;
import io.sekisho.egress.delivery.DeliverySettings.TimeOuts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {

    @Test
    void refusesWhatLetsNothingBeDelivered() {
        assertThatThrownBy(() -> DeliverySettings.of("not a name")).hasMessageContaining("sekisho.delivery.hostname");
        assertThatThrownBy(() -> new Bounds(0, 1, Duration.ofMinutes(1), 1, 100))
                .hasMessageContaining("bounds");
        Duration some = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new TimeOuts(some, some, some, Duration.ZERO, some, some, some, some, some, some))
                .hasMessageContaining("time-outs");
    }
}
