package io.sekisho.policyservice.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.match.MatchedRule;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What holds for the message, and why. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "What is required, and which rules say so.")
public record DecisionAnswer(
        AppliedPolicy.Desired desired,
        List<Matched> matched,

        @Schema(description = "Rules of that direction that had no say, and why; the first 50.")
        List<NotMatched> notMatched,

        @Schema(type = SchemaType.STRING, description = "The revision of the domain's policy.")
        PolicyRevision revision,

        @Schema(description = "With a session: whether it meets the requirement.")
        Optional<Verdict> verdict,

        @Schema(description = "With a session that does not: what is missing.")
        Optional<String> explanation,

        @Schema(description = "INBOUND with a session: what the client is told at RCPT.")
        Optional<ReplyFacts> reply) {

    /** A rule that takes part. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "MatchedRule")
    public record Matched(
            String id,
            String peer,
            MatchedRule.Kind kind,
            SecurityLevel level,
            Optional<TlsVersion> minimumVersion,
            String why) {

        static Matched of(MatchedRule rule, String why) {
            return new Matched(
                    rule.id(),
                    rule.peer().text(),
                    rule.kind(),
                    rule.requirement().level(),
                    rule.requirement().statedMinimum(),
                    why);
        }
    }

    /** A rule that does not. */
    @Schema(name = "NotMatchedRule")
    public record NotMatched(String id, String peer, SecurityLevel level, String why) {}
}
