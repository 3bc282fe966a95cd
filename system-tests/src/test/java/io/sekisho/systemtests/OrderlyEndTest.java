package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.systemtests.arena.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An ingress that is told to stop: readiness first, then idle sessions, then it is gone. */
@ExtendWith(SharedArena.class)
class OrderlyEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void turnsReadinessOffWhileClientsAreStillServed(Cluster cluster) throws Exception {
        try (Cluster own = AnotherIngress.beside(cluster, directory, Map.of("quarkus.shutdown.delay", "6s"))) {
            ServiceProcess ingress = own.first(Service.INGRESS);
            Rest rest = new Rest(own);
            try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), own.smtpPort())) {
                BufferedReader replies =
                        new BufferedReader(new InputStreamReader(idle.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(replies.readLine()).startsWith("220 ");

                Thread end = Thread.ofVirtual().start(ingress::stop);

                await().atMost(PATIENCE)
                        .until(() -> rest.call(ingress.url(), "GET", "/q/health/ready", null)
                                        .status()
                                == 503);
                assertThat(banner(own.smtpPort())).startsWith("220 ");
                assertThat(replies.readLine()).startsWith("421 4.3.2");
                assertThat(replies.readLine()).isNull();
                end.join();
                assertThat(ingress.isAlive()).isFalse();
            }
        }
    }

    private static String banner(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
