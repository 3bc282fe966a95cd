package io.sekisho.localstack.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.localstack.StackFailure;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void documentedOnesAreThoseOfTheManual() {
        Ports ports = Ports.documented();

        assertThat(ports.of(Endpoint.SMTP)).isEqualTo(2525);
        assertThat(ports.of(Endpoint.POLICY)).isEqualTo(8081);
        assertThat(ports.of(Endpoint.TRACKING)).isEqualTo(8082);
        assertThat(ports.of(Endpoint.INGRESS)).isEqualTo(8083);
        assertThat(ports.of(Endpoint.EGRESS)).isEqualTo(8084);
    }

    @Test
    void onePortForTwoIsRefused() {
        Ports free = Ports.free();
        Ports twice = free.with(Endpoint.TRACKING, free.of(Endpoint.POLICY));

        assertThatThrownBy(twice::requireFree)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("policy-service and tracking-service")
                .hasMessageContaining("--port-tracking=<port>");
    }
}
