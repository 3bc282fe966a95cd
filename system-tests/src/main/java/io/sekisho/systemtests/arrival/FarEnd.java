package io.sekisho.systemtests.arrival;

import io.sekisho.systemtests.traffic.Destination;
import io.sekisho.testkit.fault.Fault;
import io.sekisho.testkit.fault.FaultProxy;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mail server for each destination, with a network before it that can be made hostile.
 *
 * <p><i>Lifecycle:</i> accepts from its making to {@link #close()}. <i>Thread safety:</i> all methods.
 */
public final class FarEnd implements AutoCloseable {

    private final Map<Destination, ScriptedSmtpServer> servers = new EnumMap<>(Destination.class);
    private final Map<Destination, FaultProxy> networks = new EnumMap<>(Destination.class);
    private volatile Arrivals arrivals = new Arrivals(0);

    public FarEnd() {
        for (Destination destination : Destination.values()) {
            ScriptedSmtpServer server = settings(destination)
                    .hostname("mx." + destination.domain())
                    .handMessagesTo(message -> arrivals.add(destination, message))
                    .start();
            servers.put(destination, server);
            networks.put(destination, FaultProxy.to(server.host(), server.port()));
        }
    }

    private static PeerSettings settings(Destination destination) {
        PeerSettings settings = ScriptedSmtpServer.settings();
        return switch (destination) {
            case TLS13 -> settings.tlsVersions("TLSv1.3");
            case TLS12 -> settings.tlsVersions("TLSv1.2");
            case EITHER, CUSTOMER -> settings;
            case PLAIN -> settings.startTls(StartTlsBehaviour.NOT_OFFERED);
        };
    }

    /** From now on what arrives is entered here. */
    public void record(Arrivals next) {
        arrivals = next;
    }

    /** The port on 127.0.0.1 to which mail for the destination goes. */
    public int port(Destination destination) {
        return networks.get(destination).port();
    }

    /** Static routes of egress to the outbound destinations, which have no MX on this machine. */
    public String routes() {
        return Arrays.stream(Destination.values())
                .filter(destination -> !destination.isInbound())
                .map(destination -> destination.domain() + "=127.0.0.1:" + port(destination))
                .collect(Collectors.joining(","));
    }

    /** Takes STARTTLS out of what the destination's server offers, on connections that begin from now on. */
    public void stripStartTls(Destination destination) {
        networks.get(destination).inject(new Fault.StripStartTls());
        networks.get(destination).resetAll();
    }

    /** The destination's server never answers at this step. */
    public void hang(Destination destination, Step step) {
        servers.get(destination).nowOn(step, "", Reaction.silence());
    }

    /** Undoes what was done to the destination; connections that hang are cut. */
    public void recover(Destination destination) {
        servers.get(destination).recover();
        networks.get(destination).inject(new Fault.None());
        networks.get(destination).resetAll();
    }

    @Override
    public void close() {
        networks.values().forEach(FaultProxy::close);
        servers.values().forEach(ScriptedSmtpServer::close);
    }
}
