package io.sekisho.smtp.path;

import java.util.Optional;

/** To whom a message goes: the argument of RCPT (RFC 5321 §4.1.1.3). */
public sealed interface ForwardPath {

    /** {@code <postmaster>} without a domain, which every server must accept (RFC 5321 §4.5.1). */
    record Postmaster() implements ForwardPath {
        @Override
        public String toString() {
            return "postmaster";
        }
    }

    /** A mailbox. */
    record To(Mailbox mailbox) implements ForwardPath {
        @Override
        public String toString() {
            return mailbox.toString();
        }
    }

    /** The mailbox; empty for {@code <postmaster>}. */
    default Optional<Mailbox> asMailbox() {
        return this instanceof To(Mailbox mailbox) ? Optional.of(mailbox) : Optional.empty();
    }

    /**
     * Reads a path in angle brackets off the front of {@code text}. A source route is accepted and dropped (RFC 5321
     * §4.1.1.3).
     */
    static PathResult<ForwardPath> parse(String text) {
        return switch (new PathScanner(text).scan()) {
            case PathScanner.Scanned(Optional<Mailbox> mailbox, String rest) ->
                mailbox.<PathResult<ForwardPath>>map(to -> new PathResult.Parsed<>(new To(to), rest))
                        .orElseGet(() -> new PathResult.Refused<>(PathFault.NULL_PATH));
            case PathScanner.ScannedPostmaster(String rest) -> new PathResult.Parsed<>(new Postmaster(), rest);
            case PathScanner.Faulty(PathFault fault) -> new PathResult.Refused<>(fault);
        };
    }
}
