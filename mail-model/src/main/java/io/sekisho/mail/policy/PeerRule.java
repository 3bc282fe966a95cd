package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An enabled TLS peer of a managed domain, as it is compiled; a disabled one does not exist for matching.
 *
 * @param id the identifier an administrator sees in replies, logs and events
 * @param minimumVersion absent: TLSv1.2, and no stated version in a join
 * @param tlsGiveUpAfter outbound; absent: PT1H
 * @param certificateNames names of which the certificate must carry one, for VERIFIED; empty: the peer's own
 * @param override an INBOUND address rule that decides alone
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PeerRule(
        String id,
        Direction direction,
        Peer peer,
        SecurityLevel level,
        Optional<TlsVersion> minimumVersion,
        Optional<OnViolation> onViolation,
        Optional<Duration> tlsGiveUpAfter,
        List<String> certificateNames,
        boolean override) {

    public PeerRule {
        minimumVersion = minimumVersion == null ? Optional.empty() : minimumVersion;
        onViolation = onViolation == null ? Optional.empty() : onViolation;
        tlsGiveUpAfter = tlsGiveUpAfter == null ? Optional.empty() : tlsGiveUpAfter;
        certificateNames = certificateNames == null ? List.of() : List.copyOf(certificateNames);
    }
}
