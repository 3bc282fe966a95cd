package io.sekisho.localstack.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A program that stands for a service: it is ready, or ends with a word and code 3 where FAKE_FAILURE is set. */
final class FakeService {
    private FakeService() {}

    public static void main(String[] arguments) throws IOException {
        String failure = System.getenv("FAKE_FAILURE");
        if (failure != null) {
            System.out.println(failure);
            System.exit(3);
        }
        System.out.println("smtp port " + System.getenv("SEKISHO_SMTP_PORT") + " key "
                + System.getenv("SEKISHO_POLICY_SERVICE_KEY"));
        int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.createContext("/q/health/ready", exchange -> {
            byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
