package io.sekisho.policyservice.peerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code name=value} behind a security level, as Postfix' smtp_tls_policy.c takes them.
 *
 * @param match all lists, joined with a colon as Postfix does
 * @param ignored those that mean nothing here
 */
record PostfixAttributes(Optional<String> match, Optional<String> protocols, List<String> ignored) {
    private static final Set<String> WITHOUT_COUNTERPART =
            Set.of("ciphers", "exclude", "servername", "connection_reuse", "enable_rpk");

    static PostfixAttributes read(String text) throws FileFault {
        List<String> match = new ArrayList<>();
        Optional<String> protocols = Optional.empty();
        List<String> ignored = new ArrayList<>();
        for (String item : text.split("[,\\s]+", -1)) {
            if (item.isEmpty()) {
                continue;
            }
            int equals = item.indexOf('=');
            if (equals <= 0) {
                throw new FileFault(
                        "line",
                        "'" + item
                                + "' is not an attribute of the form name=value, without spaces; braces are not read");
            }
            String name = item.substring(0, equals).toLowerCase(Locale.ROOT);
            String value = item.substring(equals + 1);
            switch (name) {
                case "match" -> match.add(value);
                case "protocols" -> {
                    if (protocols.isPresent()) {
                        throw new FileFault(
                                "minimumVersion", "'protocols=' stands there twice, which Postfix does not take");
                    }
                    protocols = Optional.of(value);
                }
                // Leaving it out would trust more certificates than Postfix does.
                case "tafile" ->
                    throw new FileFault("line", "'" + item + "': a CA for one peer has no counterpart here");
                default -> {
                    if (!WITHOUT_COUNTERPART.contains(name)) {
                        throw new FileFault("line", "'" + name + "=' is not an attribute of Postfix' policy tables");
                    }
                    ignored.add(item);
                }
            }
        }
        return new PostfixAttributes(
                match.isEmpty() ? Optional.empty() : Optional.of(String.join(":", match)), protocols, ignored);
    }
}
