package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    @Test
    void namesThePortInUseAndHowToChooseAnother() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();

            assertThatThrownBy(() -> LocalPorts.requireFree(port, "PostgreSQL", "--port-postgres"))
                    .isInstanceOf(StackFailure.class)
                    .hasMessageContaining("Port " + port + " of 127.0.0.1, where PostgreSQL is to listen, is in use.")
                    .hasMessageContaining("--port-postgres=<port>")
                    .hasMessageContaining("--free-ports");
        }
    }

    @Test
    void freePortsAreFreeAndNeverTheSame() {
        int one = LocalPorts.free();
        int other = LocalPorts.free();

        assertThat(one).isNotEqualTo(other);
        assertThatCode(() -> LocalPorts.requireFree(one, "it", "--port")).doesNotThrowAnyException();
    }
}
