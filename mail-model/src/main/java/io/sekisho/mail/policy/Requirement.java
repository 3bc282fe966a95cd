package io.sekisho.mail.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a session must have before mail passes: checks, a minimum version, names. Rules are combined by
 * {@link #join}, which never relaxes either side.
 *
 * @param plainTextOnly NEVER: TLS is not even tried; yields to anything else in a join
 * @param checks empty for NEVER and OPPORTUNISTIC
 * @param statedMinimum the highest version that a rule states; {@link #minimum} has the default where none does
 * @param names one entry per rule that asks for PKIX: each must match
 * @param onViolation REJECT where any rule with a check says so
 * @param tlsGiveUpAfter the shortest that a rule states; outbound
 */
public record Requirement(
        boolean plainTextOnly,
        Set<Check> checks,
        Optional<TlsVersion> statedMinimum,
        List<RequiredNames> names,
        OnViolation onViolation,
        Optional<Duration> tlsGiveUpAfter) {

    /** How long TLS failures of our own rules are retried where no rule says it. */
    public static final Duration DEFAULT_TLS_GIVE_UP_AFTER = Duration.ofHours(1);

    /** What holds where nothing is set. */
    public static final Requirement OPPORTUNISTIC = of(SecurityLevel.OPPORTUNISTIC, Optional.empty());

    public Requirement {
        checks = checks.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(checks));
        names = List.copyOf(names);
    }

    /** The requirement that a level names, with the peer's own name where it asks for names. */
    public static Requirement of(SecurityLevel level, Optional<TlsVersion> statedMinimum) {
        return of(level, statedMinimum, RequiredNames.HOST, OnViolation.REJECT, Optional.empty());
    }

    /** The requirement that a rule states. */
    public static Requirement of(
            SecurityLevel level,
            Optional<TlsVersion> statedMinimum,
            RequiredNames names,
            OnViolation onViolation,
            Optional<Duration> tlsGiveUpAfter) {
        Set<Check> checks = switch (level) {
            case NEVER, OPPORTUNISTIC -> Set.of();
            case MANDATORY -> Set.of(Check.TLS);
            case VERIFIED -> Set.of(Check.TLS, Check.PKIX);
            case DANE -> Set.of(Check.TLS, Check.TLSA);
        };
        return new Requirement(
                level == SecurityLevel.NEVER,
                checks,
                statedMinimum,
                level == SecurityLevel.VERIFIED ? List.of(names) : List.of(),
                onViolation,
                tlsGiveUpAfter);
    }

    /** Both requirements: union of the checks and names, the higher stated version, the stricter consequence. */
    public Requirement join(Requirement other) {
        Set<Check> union = EnumSet.noneOf(Check.class);
        union.addAll(checks);
        union.addAll(other.checks);
        List<RequiredNames> allNames = new ArrayList<>(names);
        other.names.stream().filter(n -> !allNames.contains(n)).forEach(allNames::add);
        return new Requirement(
                plainTextOnly && other.plainTextOnly,
                union,
                later(statedMinimum, other.statedMinimum),
                allNames,
                joinOnViolation(other),
                shorter(tlsGiveUpAfter, other.tlsGiveUpAfter));
    }

    /** The lowest version a session may have, where {@link Check#TLS} is asked; else a bound of what is offered. */
    public TlsVersion minimum() {
        return statedMinimum.orElse(TlsVersion.DEFAULT_MINIMUM);
    }

    public boolean requiresTls() {
        return checks.contains(Check.TLS);
    }

    /** The level that names these checks; VERIFIED where PKIX and TLSA are asked together. */
    public SecurityLevel level() {
        if (checks.contains(Check.PKIX)) {
            return SecurityLevel.VERIFIED;
        }
        if (checks.contains(Check.TLSA)) {
            return SecurityLevel.DANE;
        }
        if (requiresTls()) {
            return SecurityLevel.MANDATORY;
        }
        return plainTextOnly ? SecurityLevel.NEVER : SecurityLevel.OPPORTUNISTIC;
    }

    public Duration giveUpAfter() {
        return tlsGiveUpAfter.orElse(DEFAULT_TLS_GIVE_UP_AFTER);
    }

    private OnViolation joinOnViolation(Requirement other) {
        // A rule without checks cannot be violated, so it has no say in what a violation leads to.
        if (checks.isEmpty()) {
            return other.onViolation;
        }
        if (other.checks.isEmpty()) {
            return onViolation;
        }
        return onViolation == OnViolation.REJECT ? OnViolation.REJECT : other.onViolation;
    }

    private static Optional<TlsVersion> later(Optional<TlsVersion> one, Optional<TlsVersion> two) {
        return one.isEmpty() || two.isEmpty() ? one.or(() -> two) : one.get().isAtLeast(two.get()) ? one : two;
    }

    private static Optional<Duration> shorter(Optional<Duration> one, Optional<Duration> two) {
        return one.isEmpty() || two.isEmpty() ? one.or(() -> two) : one.get().compareTo(two.get()) <= 0 ? one : two;
    }
}
