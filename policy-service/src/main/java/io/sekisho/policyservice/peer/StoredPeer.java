package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.peerfile.FilePeer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A peer as {@link StoredPeers} reads it: for work on all peers of a domain, where an entity for each would cost too much. */
record StoredPeer(
        String id,
        Direction direction,
        Peer peer,
        SecurityLevel level,
        Optional<TlsVersion> minimumVersion,
        boolean enabled,
        Optional<OnViolation> onViolation,
        Optional<Duration> tlsGiveUpAfter,
        List<String> certificateNames,
        boolean override,
        String description) {

    static StoredPeer of(String id, PeerSettings settings) {
        return new StoredPeer(
                id,
                settings.direction(),
                settings.peer(),
                settings.tls().level(),
                settings.tls().minimumVersion(),
                settings.enabled(),
                settings.onViolation(),
                settings.tlsGiveUpAfter(),
                settings.certificateNames(),
                settings.override(),
                settings.description());
    }

    PeerSettings settings() {
        return new PeerSettings(
                direction,
                peer,
                new TlsSetting(level, minimumVersion),
                enabled,
                onViolation,
                tlsGiveUpAfter,
                certificateNames,
                override,
                description);
    }

    FilePeer filePeer() {
        return new FilePeer(
                direction,
                peer,
                level,
                minimumVersion,
                Optional.of(enabled),
                onViolation,
                tlsGiveUpAfter,
                certificateNames,
                Optional.of(override),
                description);
    }
}
