package io.sekisho.mail.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What the sender asked about delivery reports of the whole message (RFC 3461 §4.3, §4.4), as it stood in MAIL.
 *
 * @param ret {@code FULL} or {@code HDRS}
 * @param envid xtext, undecoded
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DsnParameters(Optional<String> ret, Optional<String> envid) {

    public static final DsnParameters NONE = new DsnParameters(Optional.empty(), Optional.empty());

    public DsnParameters {
        ret = ret == null ? Optional.empty() : ret;
        envid = envid == null ? Optional.empty() : envid;
    }
}
