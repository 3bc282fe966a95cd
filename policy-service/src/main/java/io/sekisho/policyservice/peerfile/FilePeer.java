package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A peer as a file states it; what is not stated is empty. */
public record FilePeer(
        Direction direction,
        Peer peer,
        SecurityLevel level,
        Optional<TlsVersion> minimumVersion,
        Optional<Boolean> enabled,
        Optional<OnViolation> onViolation,
        Optional<Duration> tlsGiveUpAfter,
        List<String> certificateNames,
        Optional<Boolean> override,
        String description) {

    /** With a direction, a peer and a level alone. */
    static FilePeer of(Direction direction, Peer peer, SecurityLevel level) {
        return of(direction, peer, level, Optional.empty(), List.of());
    }

    static FilePeer of(
            Direction direction,
            Peer peer,
            SecurityLevel level,
            Optional<TlsVersion> minimumVersion,
            List<String> certificateNames) {
        return new FilePeer(
                direction,
                peer,
                level,
                minimumVersion,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                certificateNames,
                Optional.empty(),
                "");
    }
}
