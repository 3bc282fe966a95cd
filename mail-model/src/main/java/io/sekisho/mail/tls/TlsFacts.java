package io.sekisho.mail.tls;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Optional;

/**
 * What one hop's session had.
 *
 * @param protocol {@code NONE}, or a version as {@link TlsVersion#label} spells it
 * @param cipher as the engine names it
 * @param group the key-exchange group, where the engine tells
 * @param certificate of the other side
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TlsFacts(
        String protocol, Optional<String> cipher, Optional<String> group, Optional<CertificateFacts> certificate) {

    /** Plain text, said plainly. */
    public static final String PLAIN = "NONE";

    public static final TlsFacts NONE = new TlsFacts(PLAIN, Optional.empty(), Optional.empty(), Optional.empty());

    public TlsFacts {
        protocol = protocol == null ? PLAIN : protocol;
        cipher = cipher == null ? Optional.empty() : cipher;
        group = group == null ? Optional.empty() : group;
        certificate = certificate == null ? Optional.empty() : certificate;
    }

    @JsonIgnore
    public boolean isTls() {
        return !protocol.equals(PLAIN);
    }

    /** The version, empty for plain text. */
    public Optional<TlsVersion> version() {
        return TlsVersion.ofProtocol(protocol);
    }
}
