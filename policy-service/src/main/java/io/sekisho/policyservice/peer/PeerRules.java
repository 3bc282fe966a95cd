package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.requirement.RequirementPlace;
import io.sekisho.policyservice.requirement.RequirementRules;
import io.sekisho.rest.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a {@link PeerBody}: checks every field and fills in the defaults. */
final class PeerRules {
    private static final int LONGEST_DESCRIPTION = 1_000;
    private static final int MOST_NAMES = 16;
    private static final int LEGACY_V4 = 24;
    private static final int LEGACY_V6 = 48;

    private PeerRules() {}

    /**
     * The settings that a request asks for.
     *
     * @param id of the peer; empty for a new one
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    static PeerSettings read(Optional<String> id, PeerBody body) {
        Faults faults = new Faults();
        PeerSettings settings = read(faults, id, body);
        faults.refuseIfAny();
        return settings;
    }

    /** The settings that a request asks for; of no use where there are faults. */
    static PeerSettings read(Faults faults, Optional<String> id, PeerBody body) {
        if (body.id() != null && !id.equals(Optional.of(body.id()))) {
            faults.add(
                    "id",
                    id.map(own -> "is not the id of the path, " + own).orElse("is given by the service; leave it out"));
        }
        faults.addIf(body.direction() == null, "direction", "is required; use INBOUND or OUTBOUND");
        faults.addIf(body.peer() == null, "peer", "is required; use a domain, an address or a CIDR block");
        List<String> names = names(faults, body.certificateNames() == null ? List.of() : body.certificateNames());
        String description = body.description() == null ? "" : body.description();
        faults.addIf(
                description.length() > LONGEST_DESCRIPTION,
                "description",
                "must have at most " + LONGEST_DESCRIPTION + " characters");
        boolean override = Boolean.TRUE.equals(body.override());
        TlsSetting tls = new TlsSetting(body.level(), Optional.ofNullable(body.minimumVersion()));
        RequirementRules.checkGiveUp(faults, "tlsGiveUpAfter", Optional.ofNullable(body.tlsGiveUpAfter()));
        if (body.direction() != null && body.peer() != null) {
            checkTogether(faults, body, tls, names, override);
        }
        return new PeerSettings(
                body.direction(),
                body.peer(),
                tls,
                !Boolean.FALSE.equals(body.enabled()),
                Optional.ofNullable(body.onViolation()),
                Optional.ofNullable(body.tlsGiveUpAfter()),
                names,
                override,
                description);
    }

    /** What depends on direction and kind of the peer. */
    private static void checkTogether(
            Faults faults, PeerBody body, TlsSetting tls, List<String> names, boolean override) {
        boolean inbound = body.direction() == Direction.INBOUND;
        Optional<IpNetwork> network =
                body.peer() instanceof Peer.Address address ? Optional.of(address.network()) : Optional.empty();
        RequirementRules.check(
                faults, "", inbound ? RequirementPlace.INBOUND_PEER : RequirementPlace.OUTBOUND_PEER, tls);
        faults.addIf(
                !inbound && network.isPresent(), "peer", "an OUTBOUND peer is the recipient's domain, not an address");
        faults.addIf(
                override && (!inbound || network.isEmpty()),
                "override",
                "is for an INBOUND peer that is an address or a CIDR block");
        faults.addIf(
                inbound && network.isPresent() && tls.level() == SecurityLevel.VERIFIED && names.isEmpty(),
                "certificateNames",
                "is required: an address names nobody, so VERIFIED needs the names that the client's certificate may carry");
        faults.addIf(
                network.filter(PeerRules::isWide).isPresent()
                        && tls.minimumVersion()
                                .filter(version -> !version.isAtLeast(TlsVersion.DEFAULT_MINIMUM))
                                .isPresent(),
                "minimumVersion",
                "under TLSv1.2 is for a block of /24 (IPv4), /48 (IPv6) or longer");
    }

    private static boolean isWide(IpNetwork network) {
        return network.prefixLength() < (network.isV4() ? LEGACY_V4 : LEGACY_V6);
    }

    private static List<String> names(Faults faults, List<String> texts) {
        faults.addIf(texts.size() > MOST_NAMES, "certificateNames", "must have at most " + MOST_NAMES + " entries");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Optional<String> name = Optional.ofNullable(texts.get(i)).flatMap(PeerRules::name);
            faults.addIf(
                    name.isEmpty(),
                    "certificateNames[" + i + "]",
                    "must be a host name; *.example.com is any subdomain");
            name.filter(known -> !names.contains(known)).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    private static Optional<String> name(String text) {
        return text.startsWith("*.")
                ? DomainName.tryParse(text.substring(2)).map(apex -> "*." + apex)
                : DomainName.tryParse(text).map(DomainName::ascii);
    }
}
