package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.warning.TlsWarnings;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the author of a peer may want to know, beside the domain's other enabled peers. Immutable; built once for any number of peers. */
final class PeerWarnings {
    private final ComparedPeers blocks;
    private final ComparedPeers overridingBlocks;
    private final ComparedPeers domains;
    private final CoveredBlocks covered;
    /** The lowest version that an inbound address peer states. */
    private final Optional<TlsVersion> handshakeFloor;

    PeerWarnings(List<PeerRule> enabled) {
        List<PeerRule> joined = new ArrayList<>();
        List<PeerRule> overriding = new ArrayList<>();
        List<PeerRule> named = new ArrayList<>();
        for (PeerRule rule : enabled) {
            if (rule.direction() == Direction.INBOUND) {
                (isAddress(rule) ? rule.override() ? overriding : joined : named).add(rule);
            }
        }
        blocks = new ComparedPeers(joined);
        overridingBlocks = new ComparedPeers(overriding);
        domains = new ComparedPeers(named);
        List<PeerRule> addresses = new ArrayList<>(joined);
        addresses.addAll(overriding);
        covered = new CoveredBlocks(addresses.stream()
                .map(rule -> ((Peer.Address) rule.peer()).network())
                .toList());
        handshakeFloor = addresses.stream()
                .flatMap(rule -> rule.minimumVersion().stream())
                .min(TlsVersion::compareTo);
    }

    List<Warning> of(PeerSettings settings, String id) {
        Warning.Collector warnings = new Warning.Collector();
        warnings.addIf(
                !settings.enabled(),
                WarningCode.DISABLED,
                "enabled",
                "It does not exist for matching: what else matches the peer decides, or the domain's default.");
        TlsWarnings.add(
                warnings, settings.direction(), settings.tls(), settings.onViolation(), settings.tlsGiveUpAfter());
        warnings.addIf(
                settings.tls().level() != SecurityLevel.VERIFIED
                        && !settings.certificateNames().isEmpty(),
                WarningCode.CERTIFICATE_NAMES_WITHOUT_EFFECT,
                "certificateNames",
                "At " + settings.tls().level() + " no certificate is judged; use VERIFIED for that.");
        if (settings.enabled() && settings.direction() == Direction.INBOUND) {
            addBesideOthers(warnings, settings.rule(id));
        }
        return warnings.all();
    }

    private void addBesideOthers(Warning.Collector warnings, PeerRule rule) {
        if (rule.peer() instanceof Peer.Address address) {
            addOfAddress(warnings, rule, address.network());
        } else {
            addOfDomain(warnings, rule);
        }
        warnings.addIf(
                rule.minimumVersion().filter(TlsVersion.SSLV3::equals).isPresent(),
                WarningCode.LEGACY_LISTENER_NEEDED,
                "minimumVersion",
                "SSLv3 is spoken by an ingress process in legacy mode only, which the operator starts on purpose.");
    }

    private void addOfAddress(Warning.Collector warnings, PeerRule rule, IpNetwork block) {
        warnings.addIf(
                covered.has(block),
                WarningCode.NEVER_APPLIES,
                "peer",
                "Every address of it is in a longer block that is a peer too, and the longest decides.");
        domains.stricterThan(rule)
                .ifPresent(stricter -> warnings.add(
                        rule.override()
                                ? new Warning(
                                        WarningCode.OVERRIDES_STRICTER_PEER,
                                        "override",
                                        "Mail from it may name any sender, and of these stricter peers nothing more is asked then: "
                                                + stricter + ".")
                                : new Warning(
                                        WarningCode.STRICTER_PEER_APPLIES_TOO,
                                        "level",
                                        "Mail from it whose sender's domain is a stricter peer must meet that too: "
                                                + stricter + ".")));
    }

    private void addOfDomain(Warning.Collector warnings, PeerRule rule) {
        blocks.stricterThan(rule)
                .ifPresent(stricter -> warnings.add(new Warning(
                        WarningCode.STRICTER_PEER_APPLIES_TOO,
                        "level",
                        "From clients in a stricter block both must be met: " + stricter + ".")));
        overridingBlocks
                .weakerThan(rule)
                .ifPresent(overriding -> warnings.add(new Warning(
                        WarningCode.OVERRIDDEN,
                        "peer",
                        "It is not asked of clients in a block that decides alone: " + overriding + ".")));
        boolean reachable = rule.minimumVersion()
                .filter(minimum -> !minimum.isAtLeast(TlsVersion.DEFAULT_MINIMUM))
                .map(minimum -> handshakeFloor.filter(minimum::isAtLeast).isPresent())
                .orElse(true);
        warnings.addIf(
                !reachable,
                WarningCode.LEGACY_VERSION_NEEDS_ADDRESS_PEER,
                "minimumVersion",
                "The handshake comes before the sender is known and takes TLSv1.2 and up; only an address peer of this client with that"
                        + " minimumVersion lets it go lower.");
    }

    private static boolean isAddress(PeerRule rule) {
        return rule.peer() instanceof Peer.Address;
    }
}
