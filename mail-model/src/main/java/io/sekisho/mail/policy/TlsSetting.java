package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/** A level and, where stated, a minimum version: what {@code nextHopTls} and {@code relayTls} hold. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TlsSetting(SecurityLevel level, Optional<TlsVersion> minimumVersion) {

    public static final TlsSetting OPPORTUNISTIC = new TlsSetting(SecurityLevel.OPPORTUNISTIC, Optional.empty());

    public TlsSetting {
        minimumVersion = minimumVersion == null ? Optional.empty() : minimumVersion;
    }
}
