package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;

/** 既定値: what holds for every peer of one direction that no rule names. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DomainDefault(
        SecurityLevel level,
        Optional<TlsVersion> minimumVersion,
        Optional<OnViolation> onViolation,
        Optional<Duration> tlsGiveUpAfter) {

    public DomainDefault {
        minimumVersion = minimumVersion == null ? Optional.empty() : minimumVersion;
        onViolation = onViolation == null ? Optional.empty() : onViolation;
        tlsGiveUpAfter = tlsGiveUpAfter == null ? Optional.empty() : tlsGiveUpAfter;
    }
}
