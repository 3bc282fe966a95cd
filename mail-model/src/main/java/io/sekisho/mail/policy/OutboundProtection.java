package io.sekisho.mail.policy;

import io.sekisho.mail.address.IpNetwork;
import java.util.List;

/**
 * What a managed domain may send through the gateway.
 *
 * @param enabled without it outbound rules are kept, but inert
 * @param relaySources the domain's own servers
 * @param relayTls what their own sessions must have
 * @param foreignSenders whether a relay source may use a MAIL FROM of a domain that is not its own
 */
public record OutboundProtection(
        boolean enabled, List<IpNetwork> relaySources, TlsSetting relayTls, boolean foreignSenders) {

    public static final OutboundProtection DISABLED =
            new OutboundProtection(false, List.of(), TlsSetting.OPPORTUNISTIC, false);

    public OutboundProtection {
        relaySources = relaySources == null ? List.of() : List.copyOf(relaySources);
        relayTls = relayTls == null ? TlsSetting.OPPORTUNISTIC : relayTls;
    }
}
