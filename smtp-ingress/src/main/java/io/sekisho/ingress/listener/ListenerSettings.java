package io.sekisho.ingress.listener;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.time.Duration;
import java.util.List;

/**
 * One listener.
 *
 * @param name in logs, events and envelopes
 * @param port 0 takes a free one
 * @param balancers who must send a PROXY header; empty where clients come by themselves, and none is looked for
 * @param places how many connections are served at once
 * @param idleTimeout for a command, or between two pieces of content
 * @param contentTimeout for the content of one message in all
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        List<IpNetwork> balancers,
        ConnectionPlaces places,
        Duration idleTimeout,
        Duration contentTimeout,
        Duration handshakeTimeout) {

    public ListenerSettings {
        balancers = List.copyOf(balancers);
    }

    boolean isBehindBalancers() {
        return !balancers.isEmpty();
    }

    boolean isBalancer(IpAddress address) {
        return balancers.stream().anyMatch(network -> network.contains(address));
    }
}
