package io.sekisho.bench.policy;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.PolicyTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A provider's policy: managed domains with nine inbound peers each, one of them with as many as there are domains instead. Of ten peers six
 * are exact domains, two wildcards, two addresses.
 */
record LargePolicy(int domains) {

    /** 1,000,000 peers. */
    static final LargePolicy WHOLE = new LargePolicy(100_000);

    private static final int PEERS_OF_MOST = 9;

    int peers() {
        return (domains - 1) * PEERS_OF_MOST + domains;
    }

    PolicyTable table() {
        PolicyTable table = PolicyTable.of(List.of(), new PolicyRevision("bench", 1));
        for (int i = 0; i < domains; i++) {
            table.put(compiled(i));
        }
        return table;
    }

    static DomainName domain(int index) {
        return DomainName.parse("customer-" + index + ".example");
    }

    /** The text of the nth peer of any domain. */
    static String peer(int index) {
        return switch (index % 10) {
            case 3 -> "*.group-" + index + ".example";
            case 5 -> "*.sub.group-" + index + ".example";
            case 7 -> "10." + (index >> 16 & 0xff) + "." + (index >> 8 & 0xff) + "." + (index & 0xff);
            case 8 ->
                "172." + (16 + (index >> 12 & 0xf)) + "." + (index >> 4 & 0xff) + "." + ((index & 0xf) << 4) + "/28";
            default -> "partner-" + index + ".example";
        };
    }

    int peersOf(int domain) {
        return domain == 0 ? domains : PEERS_OF_MOST;
    }

    private CompiledDomain compiled(int index) {
        List<PeerRule> rules = new ArrayList<>();
        for (int i = 0; i < peersOf(index); i++) {
            rules.add(new PeerRule(
                    "r" + index + "-" + i,
                    Direction.INBOUND,
                    Peer.parse(peer(i)),
                    SecurityLevel.MANDATORY,
                    i % 4 == 0 ? Optional.of(TlsVersion.TLSV1_3) : Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false));
        }
        return new CompiledDomain(
                domain(index),
                new PolicyRevision("bench", index + 1L),
                false,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                OutboundProtection.DISABLED,
                Optional.empty(),
                Optional.empty(),
                rules,
                List.of());
    }
}
