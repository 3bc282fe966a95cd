package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which clients no limit holds, and which some do not: a relay source sends all mail of its domain from one address, but may
 * not take the connections of everybody else.
 *
 * @param networks of whom nothing is limited, beside loopback
 * @param relaySource whether an address is a relay source of a managed domain now
 */
public record ClientExemptions(List<IpNetwork> networks, Predicate<IpAddress> relaySource) {

    private static final List<IpNetwork> LOOPBACK = List.of(IpNetwork.parse("127.0.0.0/8"), IpNetwork.parse("::1"));

    public ClientExemptions {
        networks = List.copyOf(networks);
    }

    boolean covers(IpAddress client, ClientLimit limit) {
        return within(LOOPBACK, client)
                || within(networks, client)
                || switch (limit) {
                    case CONNECTIONS_PER_MINUTE, MESSAGES_PER_MINUTE, RECIPIENTS_PER_MINUTE -> relaySource.test(client);
                    case CONNECTIONS_AT_ONCE, FAILED_LOGINS_PER_MINUTE -> false;
                };
    }

    private static boolean within(List<IpNetwork> blocks, IpAddress client) {
        return blocks.stream().anyMatch(block -> block.contains(client));
    }
}
