package io.sekisho.policyservice.requirement;

import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.rest.Faults;
import java.time.Duration;
import java.util.Optional;

/** Refuses levels, versions and durations that have no meaning where they are set. */
public final class RequirementRules {
    /** The queue lifetime: what has not been given up by then expires anyway. */
    private static final Duration LONGEST_GIVE_UP = Duration.ofDays(5);

    private RequirementRules() {}

    /** Checks a level and its minimum version, of which the field names begin with {@code prefix} ({@code ""}, {@code "nextHopTls."}). */
    public static void check(Faults faults, String prefix, RequirementPlace place, TlsSetting setting) {
        checkLevel(faults, prefix + "level", place, setting.level());
        setting.minimumVersion().ifPresent(minimum -> checkMinimum(faults, prefix + "minimumVersion", place, minimum));
    }

    /** Checks how long a recipient's TLS failures are retried. */
    public static void checkGiveUp(Faults faults, String field, Optional<Duration> giveUpAfter) {
        giveUpAfter.ifPresent(duration -> faults.addIf(
                duration.isNegative() || duration.compareTo(LONGEST_GIVE_UP) > 0,
                field,
                "must be PT0S (at once) to P5D, the queue lifetime"));
    }

    private static void checkLevel(Faults faults, String field, RequirementPlace place, SecurityLevel level) {
        if (level == null) {
            faults.add(
                    field,
                    "is required; use OPPORTUNISTIC, MANDATORY, VERIFIED" + (place.isInbound() ? "" : " or NEVER"));
            return;
        }
        switch (level) {
            case OPPORTUNISTIC, MANDATORY -> {}
            case NEVER ->
                faults.addIf(
                        place.isInbound(),
                        field,
                        "NEVER is for outbound mail: a client elects TLS itself; clients with a broken STARTTLS are the operator's to list");
            case VERIFIED ->
                faults.addIf(
                        place.isInbound() && !place.isPeer(),
                        field,
                        "VERIFIED asks for a certificate that names the peer, and here no peer is named; use MANDATORY");
            case DANE -> faults.add(field, "DANE is not yet supported; use VERIFIED or MANDATORY");
        }
    }

    private static void checkMinimum(Faults faults, String field, RequirementPlace place, TlsVersion minimum) {
        // RFC 9325 §3.1.1: below TLSv1.2 only on purpose, for one named peer.
        faults.addIf(
                !place.isPeer() && !minimum.isAtLeast(TlsVersion.DEFAULT_MINIMUM),
                field,
                minimum + " is under TLSv1.2, which only a named peer may be; add a TLS peer for it");
        faults.addIf(
                !place.isInbound() && minimum == TlsVersion.SSLV3,
                field,
                "SSLv3 exists for inbound mail only, on a listener in legacy mode (RFC 7568)");
    }
}
