package io.sekisho.egress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import java.util.Map;

/** Mail servers of partners for the test of the whole service, and the static routes to them. */
public final class PartnersResource implements QuarkusTestResourceLifecycleManager {

    private ScriptedSmtpServer partner;
    private ScriptedSmtpServer plain;
    private ScriptedSmtpServer customer;

    @Override
    public Map<String, String> start() {
        partner = ScriptedSmtpServer.settings().hostname("mx.partner.example").start();
        plain = ScriptedSmtpServer.settings()
                .hostname("mx.plain.example")
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start();
        customer =
                ScriptedSmtpServer.settings().hostname("mail.customer.example").start();
        return Map.of(
                "sekisho.delivery.routes",
                "partner.example=127.0.0.1:" + partner.port() + ",*.plain.example=127.0.0.1:" + plain.port(),
                "sekisho.allowed-next-hop-networks",
                "127.0.0.0/8",
                "sekisho.delivery.hostname",
                "gw.sekisho.example",
                "sekisho.delivery.pod",
                "egress-test",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Partners(partner, plain, customer), new TestInjector.MatchesType(Partners.class));
    }

    @Override
    public void stop() {
        partner.close();
        plain.close();
        customer.close();
    }

    /**
     * The mail servers.
     *
     * @param partner offers TLS
     * @param plain does not
     * @param customer the next hop of the managed domain; not routed by configuration
     */
    public record Partners(ScriptedSmtpServer partner, ScriptedSmtpServer plain, ScriptedSmtpServer customer) {}
}
