package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.policy.SecurityLevel;
import java.util.Locale;
import java.util.Set;

/** What an access(5) table says of a client or sender, as far as it speaks of TLS. */
enum PostfixAction {
    /** {@code reject_plaintext_session}. */
    REQUIRE_TLS(SecurityLevel.MANDATORY),
    /** {@code DUNNO}, {@code OK}, {@code PERMIT}: an exemption from what else is required. */
    EXEMPT(SecurityLevel.OPPORTUNISTIC);

    private static final String REJECT_PLAINTEXT = "reject_plaintext_session";
    private static final Set<String> EXEMPTIONS = Set.of("ok", "permit", "dunno");

    private final SecurityLevel level;

    PostfixAction(SecurityLevel level) {
        this.level = level;
    }

    SecurityLevel level() {
        return level;
    }

    static PostfixAction read(String value) throws FileFault {
        String[] words = value.strip().toLowerCase(Locale.ROOT).split("[,\\s]+", -1);
        if (value.isBlank()) {
            throw new FileFault("level", "the line has no action");
        }
        if (words[0].equals(REJECT_PLAINTEXT) && isAllExempting(words)) {
            return REQUIRE_TLS;
        }
        // access(5): "OK", or an all-numerical result.
        if (words.length == 1 && (EXEMPTIONS.contains(words[0]) || words[0].matches("[0-9]+"))) {
            return EXEMPT;
        }
        throw new FileFault(
                "level",
                "'" + value + "' is more than whether TLS is required; " + REJECT_PLAINTEXT
                        + ", DUNNO, OK and PERMIT are read");
    }

    private static boolean isAllExempting(String[] words) {
        for (int i = 1; i < words.length; i++) {
            if (!EXEMPTIONS.contains(words[i])) {
                return false;
            }
        }
        return true;
    }
}
