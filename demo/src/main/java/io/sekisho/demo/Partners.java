package io.sekisho.demo;

import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mail servers around the gateway, on loopback: the customer's own behind it, and partners on the other side, each
 * with the TLS that its name says.
 */
final class Partners implements AutoCloseable {

    static final String CUSTOMER_DOMAIN = "customer.example";
    static final String TLS13_DOMAIN = "tls13.example";
    static final String TLS12_DOMAIN = "tls12.example";
    static final String PLAIN_DOMAIN = "plain.example";
    static final String BROKEN_DOMAIN = "broken.example";
    static final String NO_TLS_DOMAIN = "notls.example";

    private final ScriptedSmtpServer customer =
            ScriptedSmtpServer.settings().hostname("mail." + CUSTOMER_DOMAIN).start();
    private final Map<String, ScriptedSmtpServer> byDomain = new LinkedHashMap<>();

    Partners() {
        byDomain.put(
                TLS13_DOMAIN,
                ScriptedSmtpServer.settings()
                        .hostname("mx." + TLS13_DOMAIN)
                        .tlsVersions("TLSv1.3")
                        .start());
        byDomain.put(
                TLS12_DOMAIN,
                ScriptedSmtpServer.settings()
                        .hostname("mx." + TLS12_DOMAIN)
                        .tlsVersions("TLSv1.2")
                        .start());
        ScriptedSmtpServer withoutTls = ScriptedSmtpServer.settings()
                .hostname("mx." + PLAIN_DOMAIN)
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start();
        byDomain.put(PLAIN_DOMAIN, withoutTls);
        byDomain.put(NO_TLS_DOMAIN, withoutTls);
        byDomain.put(
                BROKEN_DOMAIN,
                ScriptedSmtpServer.settings()
                        .hostname("mx." + BROKEN_DOMAIN)
                        .startTls(StartTlsBehaviour.GARBAGE)
                        .start());
    }

    /** The mail server behind the gateway. */
    ScriptedSmtpServer customer() {
        return customer;
    }

    ScriptedSmtpServer of(String domain) {
        return byDomain.get(domain);
    }

    /** Static routes of egress: these domains have no MX on this machine. */
    String routes() {
        StringBuilder routes = new StringBuilder();
        byDomain.forEach((domain, server) -> routes.append(routes.isEmpty() ? "" : ",")
                .append(domain)
                .append("=127.0.0.1:")
                .append(server.port()));
        return routes.toString();
    }

    @Override
    public void close() {
        customer.close();
        byDomain.values().forEach(ScriptedSmtpServer::close);
    }
}
