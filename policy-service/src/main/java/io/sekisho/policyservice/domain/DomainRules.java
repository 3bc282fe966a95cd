package io.sekisho.policyservice.domain;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.policyservice.requirement.RequirementPlace;
import io.sekisho.policyservice.requirement.RequirementRules;
import io.sekisho.policyservice.settings.AllowedRelayNetworks;
import io.sekisho.rest.Faults;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@link DomainBody}: checks every field and fills in the defaults. */
@Singleton
final class DomainRules {
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_NEXT_HOPS = 32;
    private static final int MOST_RELAY_SOURCES = 256;
    private static final int SMTP_PORT = 25;
    private static final int DEFAULT_PREFERENCE = 10;
    private static final int HIGHEST_16_BIT = 65_535;
    private static final int SHORTEST_V4 = 24;
    private static final int SHORTEST_V6 = 48;

    private final AllowedRelayNetworks relayNetworks;

    DomainRules(AllowedRelayNetworks relayNetworks) {
        this.relayNetworks = relayNetworks;
    }

    /**
     * The settings that a request asks for.
     *
     * @param present what is kept of a field that the request leaves out and only admins may set; defaults for an admin
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    DomainSettings read(DomainName domain, DomainBody body, DomainSettings present) {
        Faults faults = new Faults();
        faults.addIf(
                body.domain() != null && !body.domain().equals(domain),
                "domain",
                "is not the domain of the path, " + domain + "; a domain cannot be renamed");
        String description = body.description() == null ? "" : body.description();
        faults.addIf(
                description.length() > LONGEST_DESCRIPTION,
                "description",
                "must have at most " + LONGEST_DESCRIPTION + " characters");
        List<NextHop> hops = body.nextHops() == null ? present.nextHops() : hops(faults, body.nextHops());
        TlsSetting nextHopTls = setting(faults, "nextHopTls.", RequirementPlace.NEXT_HOP, body.nextHopTls());
        OutboundProtection outbound = outbound(
                faults, body.outbound() == null ? DomainBody.Outbound.ABSENT : body.outbound(), present.outbound());
        faults.refuseIfAny();
        return new DomainSettings(description, hops, nextHopTls, outbound);
    }

    private OutboundProtection outbound(Faults faults, DomainBody.Outbound body, OutboundProtection present) {
        List<IpNetwork> sources =
                body.relaySources() == null ? present.relaySources() : sources(faults, body.relaySources());
        return new OutboundProtection(
                Boolean.TRUE.equals(body.enabled()),
                sources,
                setting(faults, "outbound.relayTls.", RequirementPlace.RELAY, body.relayTls()),
                Boolean.TRUE.equals(body.foreignSenders()));
    }

    private static TlsSetting setting(Faults faults, String prefix, RequirementPlace place, TlsSetting setting) {
        if (setting == null) {
            return TlsSetting.OPPORTUNISTIC;
        }
        RequirementRules.check(faults, prefix, place, setting);
        return setting;
    }

    private List<IpNetwork> sources(Faults faults, List<IpNetwork> sources) {
        faults.addIf(
                sources.size() > MOST_RELAY_SOURCES,
                "outbound.relaySources",
                "must have at most " + MOST_RELAY_SOURCES + " entries");
        for (int i = 0; i < sources.size(); i++) {
            String field = "outbound.relaySources[" + i + "]";
            IpNetwork source = sources.get(i);
            if (source == null) {
                faults.add(field, "must be an address or a CIDR block");
            } else if (isWide(source) && !relayNetworks.hold(source)) {
                faults.add(
                        field,
                        source
                                + " is too wide: everyone in it could send as this domain. Use /24 (IPv4), /48 (IPv6) or longer,"
                                + " or let the operator add it to allowed-relay-networks");
            }
        }
        return sources.stream().distinct().toList();
    }

    private static boolean isWide(IpNetwork source) {
        return source.prefixLength() < (source.isV4() ? SHORTEST_V4 : SHORTEST_V6);
    }

    private static List<NextHop> hops(Faults faults, List<DomainBody.Hop> hops) {
        faults.addIf(hops.size() > MOST_NEXT_HOPS, "nextHops", "must have at most " + MOST_NEXT_HOPS + " entries");
        List<NextHop> read = new ArrayList<>();
        for (int i = 0; i < hops.size(); i++) {
            String field = "nextHops[" + i + "]";
            DomainBody.Hop hop = hops.get(i);
            if (hop == null) {
                faults.add(field, "must be an object with host, port and preference");
            } else {
                hop(faults, field, hop).ifPresent(read::add);
            }
        }
        return List.copyOf(read);
    }

    private static Optional<NextHop> hop(Faults faults, String field, DomainBody.Hop hop) {
        int port = hop.port() == null ? SMTP_PORT : hop.port();
        int preference = hop.preference() == null ? DEFAULT_PREFERENCE : hop.preference();
        faults.addIf(port < 1 || port > HIGHEST_16_BIT, field + ".port", "must be 1 to 65535");
        faults.addIf(preference < 0 || preference > HIGHEST_16_BIT, field + ".preference", "must be 0 to 65535");
        Optional<String> host = host(hop.host());
        faults.addIf(host.isEmpty(), field + ".host", "must be a host name or an IP address without brackets");
        return host.map(name -> new NextHop(name, port, preference));
    }

    private static Optional<String> host(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.indexOf(':') >= 0 || text.matches("[0-9.]+")
                            ? IpAddress.parse(text).toString()
                            : DomainName.parse(text).ascii());
        } catch (IllegalArgumentException noHost) {
            return Optional.empty();
        }
    }
}
