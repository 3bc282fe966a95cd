package io.sekisho.policyclient.match;

import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.policy.OnViolation;
import java.util.Optional;
import java.util.stream.Collectors;

/** The SMTP reply to a recipient whose requirement the client's session does not meet. */
public final class InboundRefusal {

    private InboundRefusal() {}

    /**
     * {@code 550 5.7.10}, or {@code 450 4.7.10} where every violated rule says DEFER; the text says what is missing and
     * names the rules, so that an administrator sees which of his own switches refused the mail.
     */
    public static ReplyFacts reply(Judgement.Unmet unmet) {
        String rules = unmet.violated().stream().map(MatchedRule::id).collect(Collectors.joining(", "));
        String text = "TLS required: " + unmet.explanation() + " (rule " + rules + ")";
        boolean defers =
                unmet.violated().stream().allMatch(rule -> rule.requirement().onViolation() == OnViolation.DEFER);
        return defers
                ? new ReplyFacts(450, Optional.of("4.7.10"), text)
                : new ReplyFacts(550, Optional.of("5.7.10"), text);
    }
}
