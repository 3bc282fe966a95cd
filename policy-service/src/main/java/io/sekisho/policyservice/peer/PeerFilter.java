package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which peers a list shows.
 *
 * @param text to be found in peer or description, whatever the case
 */
record PeerFilter(Optional<Direction> direction, Optional<SecurityLevel> level, Optional<String> text) {

    /** The conditions in HQL and their parameters. */
    record Conditions(String hql, Map<String, Object> parameters) {}

    Conditions conditions() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        Map<String, String> hql = new LinkedHashMap<>();
        direction.ifPresent(value -> {
            hql.put("direction", "direction = :direction");
            parameters.put("direction", value);
        });
        level.ifPresent(value -> {
            hql.put("level", "level = :level");
            parameters.put("level", value);
        });
        text.filter(value -> !value.isBlank()).ifPresent(value -> {
            hql.put("text", "(peer like :peerText escape '!' or lower(description) like :text escape '!')");
            parameters.put("peerText", contains(stored(value)));
            parameters.put("text", contains(value.toLowerCase(Locale.ROOT)));
        });
        return new Conditions(
                hql.values().stream().map(condition -> " and " + condition).collect(Collectors.joining()), parameters);
    }

    /** Peers are stored as A-labels, and people search as they write: with U-labels too. */
    private static String stored(String text) {
        return DomainName.tryParse(text.strip())
                .map(DomainName::ascii)
                .orElse(text.strip().toLowerCase(Locale.ROOT));
    }

    private static String contains(String text) {
        String literal = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return "%" + literal + "%";
    }
}
