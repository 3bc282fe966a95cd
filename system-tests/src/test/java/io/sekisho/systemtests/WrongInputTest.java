package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.arena.Rest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input gets the right error, and the service goes on. */
@ExtendWith(SharedArena.class)
class WrongInputTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  | /api/v1/domains/wrong.example            | {\"nextHops\": [                        | 400",
                "PUT  | /api/v1/domains/wrong.example            | {\"nextHop\": []}                        | 400",
                "PUT  | /api/v1/domains/not..a.domain            | {\"nextHops\": []}                       | 400",
                "POST | /api/v1/domains/absent.example/tls-peers | {\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"} | 404",
                "GET  | /api/v1/domains?limit=0                  |                                        | 400",
                "GET  | /api/v1/compiled?after=0                 |                                        | 403",
            })
    void policyServiceAnswersWithAProblem(String method, String path, String body, int status, Cluster cluster) {
        Rest.Answer answer = new Rest(cluster).call(Service.POLICY, method, path, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.body().path("detail").asText()).isNotBlank();
        isReady(cluster, Service.POLICY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0",
                "limit=many",
                "status=LOST",
                "upstreamTls=TLSv9",
                "from=yesterday",
                "cursor=%25%25%25",
                "colour=red",
            })
    void trackingServiceAnswersWithAProblem(String query, Cluster cluster) {
        Rest.Answer answer = new Rest(cluster).call(Service.TRACKING, "GET", "/api/v1/messages?" + query, null);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        isReady(cluster, Service.TRACKING);
    }

    @ParameterizedTest
    @CsvSource({
        "EHLO \u0001\u0002garbage, 501",
        "DATA, 503",
        "RCPT TO:<a@b.example>, 503",
        "FROBNICATE now, 500",
        "MAIL FROM:<a\u0000b@c.example>, 50",
        "MAIL FROM:nobody, 501",
    })
    void ingressAnswersWithTheRightReply(String line, String code, Cluster cluster) throws IOException {
        assertThat(lastReplyTo(cluster.smtpPort(), line)).startsWith(code);
        isReady(cluster, Service.INGRESS);
    }

    @ParameterizedTest
    @CsvSource({"2000000, 500"})
    void ingressRefusesAnEndlessCommandLine(int octets, String code, Cluster cluster) throws IOException {
        assertThat(lastReplyTo(cluster.smtpPort(), "NOOP " + "x".repeat(octets)))
                .startsWith(code);
        isReady(cluster, Service.INGRESS);
    }

    private static void isReady(Cluster cluster, Service service) {
        assertThat(new Rest(cluster)
                        .call(service, "GET", "/q/health/ready", null)
                        .status())
                .isEqualTo(200);
    }

    private static String lastReplyTo(int port, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            assertThat(in.readLine()).startsWith("220 ");
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return in.readLine();
        }
    }
}
