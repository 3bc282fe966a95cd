package io.sekisho.egress.alert;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A mail to the postmaster.
 *
 * @param text lines ended by LF
 */
record AlertMail(String subject, String text) {

    /** Of facts of one cause, all of which are listed, and of more. */
    static AlertMail of(AlertCause cause, List<AlertFact> facts, long more, AlertSettings settings) {
        AlertPhrases phrases = settings.language().phrases();
        String lines = facts.stream().map(fact -> "- " + phrases.line(fact)).collect(Collectors.joining("\n"));
        return new AlertMail(
                "[" + settings.hostname() + "] " + phrases.subject(cause, facts.size() + more),
                phrases.lead(cause) + "\n\n" + lines + (more > 0 ? "\n- " + phrases.andMore(more) : "") + "\n\n"
                        + phrases.end(settings.hostname()) + "\n");
    }
}
