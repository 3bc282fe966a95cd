package io.sekisho.egress.destination;

import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * What went wrong at a destination as a whole.
 *
 * @param detail one sentence for people
 */
public record Trouble(Instant at, Optional<ReplyFacts> reply, String detail) {

    private static final int LONGEST = 1_000;

    /** PostgreSQL's text has no NUL, and a host decides how long its replies are. */
    public Trouble {
        detail = detail.replace('\0', ' ').substring(0, Math.min(detail.length(), LONGEST));
    }
}
