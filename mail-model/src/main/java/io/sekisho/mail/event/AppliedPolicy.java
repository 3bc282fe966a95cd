package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.util.List;
import java.util.Optional;

/**
 * Why a session was good enough, or not: what the rules ask, what the session had, and the verdict.
 *
 * @param ruleIds that matched
 * @param effective {@code NONE} or the session's TLS version
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AppliedPolicy(
        List<String> ruleIds,
        PolicyRevision revision,
        Desired desired,
        String effective,
        Verdict verdict,
        Optional<PolicySource> source) {

    public AppliedPolicy {
        ruleIds = List.copyOf(ruleIds);
        source = source == null ? Optional.empty() : source;
    }

    /** What the rules ask. */
    public record Desired(SecurityLevel level, TlsVersion minimumVersion) {}
}
