package io.sekisho.testkit.peer;

import java.util.Locale;
import java.util.Optional;

/** The steps of an SMTP session at which a rule can act. */
public enum Step {
    /** The connection was accepted; the reaction stands for the greeting. */
    BANNER,
    EHLO,
    HELO,
    STARTTLS,
    MAIL,
    RCPT,
    DATA,
    /** A chunk was received; the reaction stands for its reply, for that of the last one see {@link #END_OF_DATA}. */
    BDAT,
    /** Content begins to arrive after 354; only reactions that close or go silent make sense. */
    CONTENT,
    /** The final dot or last chunk was received; the reaction stands for the reply to the message. */
    END_OF_DATA,
    RSET,
    NOOP,
    VRFY,
    QUIT;

    static Optional<Step> ofVerb(String verb) {
        return switch (verb.toUpperCase(Locale.ROOT)) {
            case "EHLO" -> Optional.of(EHLO);
            case "HELO" -> Optional.of(HELO);
            case "STARTTLS" -> Optional.of(STARTTLS);
            case "MAIL" -> Optional.of(MAIL);
            case "RCPT" -> Optional.of(RCPT);
            case "DATA" -> Optional.of(DATA);
            case "BDAT" -> Optional.of(BDAT);
            case "RSET" -> Optional.of(RSET);
            case "NOOP" -> Optional.of(NOOP);
            case "VRFY" -> Optional.of(VRFY);
            case "QUIT" -> Optional.of(QUIT);
            default -> Optional.empty();
        };
    }
}
