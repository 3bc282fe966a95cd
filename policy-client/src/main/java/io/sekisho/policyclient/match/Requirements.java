package io.sekisho.policyclient.match;

import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules require. Most say nothing of names and times, so the few requirements that these make are made once. */
final class Requirements {

    private static final Map<SecurityLevel, Map<OnViolation, Stated>> PLAIN = plain();

    /** By the version that a rule states. */
    private record Stated(Requirement none, Map<TlsVersion, Requirement> byVersion) {}

    private Requirements() {}

    static Requirement of(PeerRule rule) {
        OnViolation onViolation = rule.onViolation().orElse(OnViolation.REJECT);
        // Names matter to no other level.
        if (rule.level() != SecurityLevel.VERIFIED && rule.tlsGiveUpAfter().isEmpty()) {
            Stated stated = PLAIN.get(rule.level()).get(onViolation);
            return rule.minimumVersion().isEmpty()
                    ? stated.none()
                    : stated.byVersion().get(rule.minimumVersion().get());
        }
        return Requirement.of(rule.level(), rule.minimumVersion(), names(rule), onViolation, rule.tlsGiveUpAfter());
    }

    /** The pinned names; inbound without any, the names of the peer, since there is no host that was chosen. */
    private static RequiredNames names(PeerRule rule) {
        if (!rule.certificateNames().isEmpty() || rule.direction() == Direction.OUTBOUND) {
            return new RequiredNames(rule.certificateNames());
        }
        return new RequiredNames(List.of(rule.peer().text()));
    }

    private static Map<SecurityLevel, Map<OnViolation, Stated>> plain() {
        Map<SecurityLevel, Map<OnViolation, Stated>> all = new EnumMap<>(SecurityLevel.class);
        for (SecurityLevel level : SecurityLevel.values()) {
            Map<OnViolation, Stated> byConsequence = new EnumMap<>(OnViolation.class);
            for (OnViolation onViolation : OnViolation.values()) {
                Map<TlsVersion, Requirement> byVersion = new EnumMap<>(TlsVersion.class);
                for (TlsVersion version : TlsVersion.values()) {
                    byVersion.put(version, plain(level, Optional.of(version), onViolation));
                }
                byConsequence.put(onViolation, new Stated(plain(level, Optional.empty(), onViolation), byVersion));
            }
            all.put(level, byConsequence);
        }
        return all;
    }

    private static Requirement plain(SecurityLevel level, Optional<TlsVersion> stated, OnViolation onViolation) {
        return Requirement.of(level, stated, RequiredNames.HOST, onViolation, Optional.empty());
    }
}
