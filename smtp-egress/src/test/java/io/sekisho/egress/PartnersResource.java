package io.sekisho.egress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import java.util.Map;

/** Mail servers of partners for the test of the whole service, and the static routes to them. */
public final class PartnersResource implements QuarkusTestResourceLifecycleManager {

    static final String POSTMASTER = "postmaster@operator.example";

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
        return Map.ofEntries(
                Map.entry(
                        "sekisho.delivery.routes",
                        "partner.example=127.0.0.1:" + partner.port() + ",*.plain.example=127.0.0.1:" + plain.port()),
                Map.entry("sekisho.allowed-next-hop-networks", "127.0.0.0/8"),
                Map.entry("sekisho.delivery.hostname", "gw.sekisho.example"),
                Map.entry("sekisho.delivery.pod", "egress-test"),
                Map.entry("sekisho.alerts.smtp-host", "127.0.0.1"),
                Map.entry("sekisho.alerts.smtp-port", Integer.toString(customer.port())),
                // What its session must have is shown in SmtpPostboxTest.
                Map.entry("sekisho.alerts.protection", "NONE"),
                Map.entry("sekisho.alerts.to", POSTMASTER),
                Map.entry("quarkus.http.test-port", "0"));
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
