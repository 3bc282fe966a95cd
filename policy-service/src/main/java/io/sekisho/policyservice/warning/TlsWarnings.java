package io.sekisho.policyservice.warning;

import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.util.Optional;

/** Warnings about what peers and defaults share: settings that have no effect at their level or in their direction. */
public final class TlsWarnings {
    private TlsWarnings() {}

    /** Adds what there is to say about a setting by itself. */
    public static void add(
            Warning.Collector warnings,
            Direction direction,
            TlsSetting tls,
            Optional<OnViolation> onViolation,
            Optional<Duration> giveUpAfter) {
        boolean inbound = direction == Direction.INBOUND;
        boolean requires = tls.level() != SecurityLevel.OPPORTUNISTIC && tls.level() != SecurityLevel.NEVER;
        boolean above = tls.minimumVersion()
                .filter(version ->
                        version != TlsVersion.DEFAULT_MINIMUM && version.isAtLeast(TlsVersion.DEFAULT_MINIMUM))
                .isPresent();
        warnings.addIf(
                inbound && !requires && above,
                WarningCode.MINIMUM_VERSION_WITHOUT_EFFECT,
                "minimumVersion",
                "At " + tls.level() + " no inbound session is refused for its version; use MANDATORY for that.");
        warnings.addIf(
                tls.level() == SecurityLevel.NEVER && tls.minimumVersion().isPresent(),
                WarningCode.MINIMUM_VERSION_WITHOUT_EFFECT,
                "minimumVersion",
                "At NEVER mail is sent in plain text, so no version matters.");
        warnings.addIf(
                !inbound && onViolation.isPresent(),
                WarningCode.ON_VIOLATION_WITHOUT_EFFECT,
                "onViolation",
                "What a client is told is for INBOUND; outbound, tlsGiveUpAfter says when mail bounces.");
        warnings.addIf(
                inbound && !requires && onViolation.isPresent(),
                WarningCode.ON_VIOLATION_WITHOUT_EFFECT,
                "onViolation",
                "At " + tls.level() + " nothing is violated, so nobody is told anything.");
        warnings.addIf(
                inbound && giveUpAfter.isPresent(),
                WarningCode.GIVE_UP_WITHOUT_EFFECT,
                "tlsGiveUpAfter",
                "It is for OUTBOUND: inbound, the sending client decides how long it tries again.");
        warnings.addIf(
                !inbound && !requires && giveUpAfter.isPresent(),
                WarningCode.GIVE_UP_WITHOUT_EFFECT,
                "tlsGiveUpAfter",
                "At " + tls.level() + " no message waits for TLS.");
    }
}
