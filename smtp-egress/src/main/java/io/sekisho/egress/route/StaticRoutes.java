package io.sekisho.egress.route;

import io.sekisho.egress.delivery.Route.StaticRoute;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's routes, {@code pattern=host:port}: an exact domain, {@code *.sub} for its subdomains at any depth, or
 * {@code *} for the smart host that takes what nothing else routes. The exact pattern decides before the wildcards, the
 * longer wildcard before the shorter.
 *
 * <p>Thread safety: immutable.
 */
public final class StaticRoutes {

    private static final int SMTP_PORT = 25;

    private final Map<DomainName, StaticRoute> exact = new HashMap<>();
    private final Map<DomainName, StaticRoute> below = new HashMap<>();
    private Optional<StaticRoute> smartHost = Optional.empty();

    /**
     * Reads the routes.
     *
     * @throws IllegalArgumentException naming the entry and what is wrong with it
     */
    public StaticRoutes(List<String> entries) {
        entries.forEach(this::add);
    }

    /** The route that names the domain or a domain above it. */
    Optional<StaticRoute> namedFor(DomainName domain) {
        StaticRoute own = exact.get(domain);
        if (own != null) {
            return Optional.of(own);
        }
        for (Optional<DomainName> apex = domain.parent();
                apex.isPresent();
                apex = apex.get().parent()) {
            StaticRoute wildcard = below.get(apex.get());
            if (wildcard != null) {
                return Optional.of(wildcard);
            }
        }
        return Optional.empty();
    }

    /** The route of {@code *}. */
    Optional<StaticRoute> smartHost() {
        return smartHost;
    }

    private void add(String entry) {
        int equals = entry.indexOf('=');
        if (equals < 1) {
            throw fault(entry, "it must be pattern=host:port");
        }
        String pattern = entry.substring(0, equals).strip();
        StaticRoute route = target(entry, entry.substring(equals + 1).strip());
        boolean repeated;
        if (pattern.equals("*")) {
            repeated = smartHost.isPresent();
            smartHost = Optional.of(route);
        } else if (pattern.startsWith("*.")) {
            repeated = below.put(domain(entry, pattern.substring(2)), route) != null;
        } else {
            repeated = exact.put(domain(entry, pattern), route) != null;
        }
        if (repeated) {
            throw fault(entry, "there are two routes for " + pattern);
        }
    }

    private static DomainName domain(String entry, String text) {
        try {
            return DomainName.parse(text);
        } catch (IllegalArgumentException noDomain) {
            throw fault(entry, noDomain.getMessage());
        }
    }

    private static StaticRoute target(String entry, String text) {
        String host = text;
        int port = SMTP_PORT;
        int colon = text.lastIndexOf(':');
        // "[2001:db8::1]" and "2001:db8::1" end with an address, not a port.
        boolean portGiven = colon >= 0 && !text.endsWith("]") && (text.startsWith("[") || text.indexOf(':') == colon);
        if (portGiven) {
            host = text.substring(0, colon);
            String digits = text.substring(colon + 1);
            port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        }
        if (port < 1 || port > 65_535) {
            throw fault(entry, "the port must be 1 to 65535");
        }
        return new StaticRoute(host(entry, host), port);
    }

    private static String host(String entry, String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        // RFC 5321 §4.1.3: in brackets an IPv6 address is tagged.
        host = host.replaceFirst("^(?i)IPv6:", "");
        try {
            return host.indexOf(':') >= 0 || host.matches("[0-9.]+")
                    ? IpAddress.parse(host).toString()
                    : DomainName.parse(host).ascii();
        } catch (IllegalArgumentException noHost) {
            throw fault(entry, noHost.getMessage());
        }
    }

    private static IllegalArgumentException fault(String entry, String what) {
        return new IllegalArgumentException("sekisho.delivery.routes: '" + entry + "' is not a route: " + what);
    }
}
