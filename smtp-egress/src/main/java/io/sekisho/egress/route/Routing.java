package io.sekisho.egress.route;

import io.sekisho.egress.delivery.Route;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.CompiledDomain;
import java.util.Optional;

/**
 * Which way the mail of a domain goes: the operator's route that names the domain; else, where the domain is managed, its
 * next hops; else the operator's smart host; else its MX hosts.
 *
 * <p>Thread safety: immutable.
 */
public final class Routing {

    private final StaticRoutes statics;

    public Routing(StaticRoutes statics) {
        this.statics = statics;
    }

    /**
     * The route of this attempt.
     *
     * @param domain of the recipient
     * @param managed the recipient's domain as the policy has it now, where it is managed
     */
    public Route to(DomainName domain, Optional<CompiledDomain> managed) {
        return statics.namedFor(domain)
                .<Route>map(route -> route)
                // A managed domain never goes by MX: its MX records lead here.
                .or(() -> managed.map(it -> new Route.NextHops(domain, it.nextHops())))
                .or(statics::smartHost)
                .orElseGet(() -> new Route.MailExchangers(domain));
    }
}
