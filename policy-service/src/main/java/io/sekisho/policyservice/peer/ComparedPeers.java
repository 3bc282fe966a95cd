package io.sekisho.policyservice.peer;

import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which of a set of rules ask more, or less, than another rule does. Rules that ask the same are compared once, so that each of many rules can be
 * held against all others.
 */
final class ComparedPeers {
    /** Named in a warning; the rest is "others". */
    private static final int EXAMPLES = 3;

    private final Map<Requirement, List<PeerRule>> examples = new LinkedHashMap<>();

    ComparedPeers(Iterable<PeerRule> rules) {
        for (PeerRule rule : rules) {
            List<PeerRule> alike = examples.computeIfAbsent(requirement(rule), asked -> new ArrayList<>());
            // One more than is named, which says that there are others.
            if (alike.size() <= EXAMPLES) {
                alike.add(rule);
            }
        }
    }

    /** In words, those that ask more than {@code rule}; empty where none does. */
    Optional<String> stricterThan(PeerRule rule) {
        Requirement own = requirement(rule);
        return those(other -> asksMore(own.join(other), own));
    }

    /** In words, those that {@code rule} asks more than; empty where there are none. */
    Optional<String> weakerThan(PeerRule rule) {
        Requirement own = requirement(rule);
        return those(other -> asksMore(own.join(other), other));
    }

    private Optional<String> those(Predicate<Requirement> which) {
        List<PeerRule> found = new ArrayList<>();
        for (Map.Entry<Requirement, List<PeerRule>> alike : examples.entrySet()) {
            if (which.test(alike.getKey())) {
                found.addAll(alike.getValue());
            }
            if (found.size() > EXAMPLES) {
                break;
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(words(found));
    }

    private static boolean asksMore(Requirement both, Requirement own) {
        return both.level() != own.level()
                || (both.requiresTls() && both.minimum() != own.minimum())
                || both.names().size() > own.names().size();
    }

    private static String words(List<PeerRule> rules) {
        StringBuilder text = new StringBuilder();
        for (PeerRule rule : rules.subList(0, Math.min(EXAMPLES, rules.size()))) {
            text.append(text.isEmpty() ? "" : ", ").append(word(rule));
        }
        return rules.size() > EXAMPLES ? text + " and others" : text.toString();
    }

    private static String word(PeerRule rule) {
        String minimum = rule.minimumVersion().map(version -> " " + version).orElse("");
        // A rule that is only about to be imported has no id yet.
        String id = rule.id().isEmpty() ? "" : rule.id() + ", ";
        return rule.peer().text() + " (" + id + rule.level() + minimum + ")";
    }

    private static Requirement requirement(PeerRule rule) {
        return Requirement.of(
                rule.level(),
                rule.minimumVersion(),
                // Inbound without pinned names, the peer's own are asked for.
                new RequiredNames(
                        rule.certificateNames().isEmpty() ? List.of(rule.peer().text()) : rule.certificateNames()),
                OnViolation.REJECT,
                Optional.empty());
    }
}
