package io.sekisho.egress.route;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps mail, whose routes strangers can write into DNS, away from addresses inside: loopback, link-local, private and
 * whatever else is no host on the Internet, unless the operator allows the network. It is asked about the very address
 * that is about to be connected to, so that a name cannot be re-bound between check and connection.
 *
 * <p>Thread safety: immutable.
 */
public final class AddressGuard {

    /** IANA special-purpose registries (RFC 6890); the IPv4 ones hold for IPv4-mapped addresses too. */
    private static final Map<IpNetwork, String> INSIDE = new LinkedHashMap<>();

    static {
        INSIDE.put(IpNetwork.parse("0.0.0.0/8"), "'this network', RFC 1122");
        INSIDE.put(IpNetwork.parse("10.0.0.0/8"), "private, RFC 1918");
        INSIDE.put(IpNetwork.parse("100.64.0.0/10"), "shared address space, RFC 6598");
        INSIDE.put(IpNetwork.parse("127.0.0.0/8"), "loopback, RFC 1122");
        INSIDE.put(IpNetwork.parse("169.254.0.0/16"), "link-local, RFC 3927");
        INSIDE.put(IpNetwork.parse("172.16.0.0/12"), "private, RFC 1918");
        INSIDE.put(IpNetwork.parse("192.0.0.0/24"), "IETF protocol assignments, RFC 6890");
        INSIDE.put(IpNetwork.parse("192.168.0.0/16"), "private, RFC 1918");
        INSIDE.put(IpNetwork.parse("198.18.0.0/15"), "benchmarking, RFC 2544");
        INSIDE.put(IpNetwork.parse("224.0.0.0/4"), "multicast, RFC 1112");
        INSIDE.put(IpNetwork.parse("240.0.0.0/4"), "reserved or broadcast, RFC 1112");
        INSIDE.put(IpNetwork.parse("::/128"), "unspecified, RFC 4291");
        INSIDE.put(IpNetwork.parse("::1/128"), "loopback, RFC 4291");
        INSIDE.put(IpNetwork.parse("::/96"), "IPv4-compatible, RFC 4291");
        INSIDE.put(IpNetwork.parse("64:ff9b:1::/48"), "local translation, RFC 8215");
        INSIDE.put(IpNetwork.parse("100::/64"), "discard only, RFC 6666");
        INSIDE.put(IpNetwork.parse("2001::/32"), "Teredo, RFC 4380");
        INSIDE.put(IpNetwork.parse("fc00::/7"), "unique local, RFC 4193");
        INSIDE.put(IpNetwork.parse("fe80::/10"), "link-local, RFC 4291");
        INSIDE.put(IpNetwork.parse("fec0::/10"), "site-local, RFC 3879");
        INSIDE.put(IpNetwork.parse("ff00::/8"), "multicast, RFC 4291");
    }

    private static final IpNetwork NAT64 = IpNetwork.parse("64:ff9b::/96");
    private static final IpNetwork SIX_TO_FOUR = IpNetwork.parse("2002::/16");
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long LOW_32 = 0xffff_ffffL;

    private final List<IpNetwork> allowed;

    /** @param allowed the operator's {@code allowed-next-hop-networks} */
    public AddressGuard(List<IpNetwork> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Why the address must not be connected to; empty where it may be. */
    public Optional<String> refusal(IpAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        return inside(address)
                .or(() -> embedded(address).flatMap(AddressGuard::inside))
                .map(why -> address + " is not on the Internet (" + why
                        + ") and sekisho.allowed-next-hop-networks does not hold it");
    }

    private static Optional<String> inside(IpAddress address) {
        return INSIDE.entrySet().stream()
                .filter(block -> block.getKey().contains(address))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The IPv4 address to which a translator or tunnel would lead (RFC 6052, RFC 3056). */
    private static Optional<IpAddress> embedded(IpAddress address) {
        if (NAT64.contains(address)) {
            return Optional.of(new IpAddress(0, MAPPED | (address.low() & LOW_32)));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(new IpAddress(0, MAPPED | ((address.high() >>> 16) & LOW_32)));
        }
        return Optional.empty();
    }
}
