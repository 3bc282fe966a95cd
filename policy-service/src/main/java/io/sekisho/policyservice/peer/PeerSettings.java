package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.TlsSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is set of a peer, checked and with every default filled in. */
record PeerSettings(
        Direction direction,
        Peer peer,
        TlsSetting tls,
        boolean enabled,
        Optional<OnViolation> onViolation,
        Optional<Duration> tlsGiveUpAfter,
        List<String> certificateNames,
        boolean override,
        String description) {

    /** As it is compiled where it is enabled. */
    PeerRule rule(String id) {
        return new PeerRule(
                id,
                direction,
                peer,
                tls.level(),
                tls.minimumVersion(),
                onViolation,
                tlsGiveUpAfter,
                certificateNames,
                override);
    }

    PeerBody body(String id) {
        return new PeerBody(
                id,
                direction,
                peer,
                tls.level(),
                tls.minimumVersion().orElse(null),
                enabled,
                onViolation.orElse(null),
                tlsGiveUpAfter.orElse(null),
                certificateNames,
                override,
                description,
                null);
    }
}
