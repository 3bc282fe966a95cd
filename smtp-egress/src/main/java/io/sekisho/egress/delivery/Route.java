package io.sekisho.egress.delivery;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.NextHop;
import java.util.List;

/** Where a message goes next. Two recipients may share a transaction only if their routes are equal. */
public sealed interface Route {

    /**
     * The mail servers of a managed domain, by preference, equal ones in random order.
     *
     * @param hosts none is a mistake in the domain's settings: the attempt is deferred
     */
    record NextHops(DomainName domain, List<NextHop> hosts) implements Route {
        public NextHops {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A host from the configuration.
     *
     * @param host a name or an address literal, without brackets
     * @param port 1 to 65535
     */
    record StaticRoute(String host, int port) implements Route {}

    /** The MX hosts of a domain, or where it has none the domain itself (RFC 5321 §5.1). */
    record MailExchangers(DomainName domain) implements Route {}
}
