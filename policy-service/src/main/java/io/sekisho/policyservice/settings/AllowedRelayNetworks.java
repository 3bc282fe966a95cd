package io.sekisho.policyservice.settings;

import io.sekisho.mail.address.IpNetwork;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The operator's blocks within which a relay source may be a wide one. */
@Singleton
public final class AllowedRelayNetworks {
    private final List<IpNetwork> networks;

    /** Fails at start on a text that is no block. */
    @Inject
    AllowedRelayNetworks(PolicySettings settings) {
        this(parse(settings.allowedRelayNetworks().orElse(List.of())));
    }

    public AllowedRelayNetworks(List<IpNetwork> networks) {
        this.networks = List.copyOf(networks);
    }

    public boolean hold(IpNetwork source) {
        return networks.stream().anyMatch(network -> network.contains(source));
    }

    List<IpNetwork> networks() {
        return networks;
    }

    private static List<IpNetwork> parse(List<String> texts) {
        List<IpNetwork> parsed = new ArrayList<>();
        for (String text : texts) {
            try {
                parsed.add(IpNetwork.parse(text.strip()));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalStateException("sekisho.allowed-relay-networks: " + wrong.getMessage(), wrong);
            }
        }
        return parsed;
    }
}
