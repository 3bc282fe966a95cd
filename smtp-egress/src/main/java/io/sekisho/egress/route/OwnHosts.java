package io.sekisho.egress.route;

import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.mail.address.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds this gateway among the MX hosts of a domain: it and all that are not more preferred are no way for the mail,
 * which would come back (RFC 5321 §5.1). Thread safety: immutable.
 */
final class OwnHosts {

    private final Set<String> names = new HashSet<>();
    private final Set<IpAddress> addresses;

    OwnHosts(DeliverySettings settings) {
        names.add(lower(settings.hostname()));
        settings.ownHostnames().forEach(name -> names.add(lower(name)));
        addresses = settings.ownAddresses();
    }

    /** The hosts that are more preferred than this gateway; all, where it is not among them. */
    List<RouteHost> before(List<RouteHost> hosts) {
        return cut(
                hosts,
                hosts.stream()
                        .filter(host -> names.contains(lower(host.name())))
                        .mapToInt(RouteHost::preference)
                        .min());
    }

    boolean isOwn(IpAddress address) {
        return addresses.contains(address);
    }

    static List<RouteHost> cut(List<RouteHost> hosts, OptionalInt ownPreference) {
        return ownPreference.isEmpty()
                ? hosts
                : hosts.stream()
                        .filter(host -> host.preference() < ownPreference.getAsInt())
                        .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
