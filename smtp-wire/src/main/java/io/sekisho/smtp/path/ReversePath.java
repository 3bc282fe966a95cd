package io.sekisho.smtp.path;

import java.util.Optional;

/** To whom problems are reported: the argument of MAIL (RFC 5321 §4.1.1.2). */
public sealed interface ReversePath {

    /** {@code <>}: a report, to which no report must be sent (RFC 5321 §4.5.5). */
    record Null() implements ReversePath {
        @Override
        public String toString() {
            return "";
        }
    }

    /** A mailbox. */
    record From(Mailbox mailbox) implements ReversePath {
        @Override
        public String toString() {
            return mailbox.toString();
        }
    }

    /** The mailbox; empty for the null path. */
    default Optional<Mailbox> asMailbox() {
        return this instanceof From(Mailbox mailbox) ? Optional.of(mailbox) : Optional.empty();
    }

    /**
     * Reads a path in angle brackets off the front of {@code text}. A source route is accepted and dropped (RFC 5321
     * §4.1.1.3).
     */
    static PathResult<ReversePath> parse(String text) {
        return switch (new PathScanner(text).scan()) {
            case PathScanner.Scanned(Optional<Mailbox> mailbox, String rest) ->
                new PathResult.Parsed<>(mailbox.<ReversePath>map(From::new).orElseGet(Null::new), rest);
            case PathScanner.ScannedPostmaster(String rest) -> new PathResult.Refused<>(PathFault.DOMAIN_MISSING);
            case PathScanner.Faulty(PathFault fault) -> new PathResult.Refused<>(fault);
        };
    }
}
