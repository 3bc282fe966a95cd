package io.sekisho.smtp.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this server offers in its EHLO reply, in order. Immutable; each {@code with} returns a new offer.
 *
 * @param lines keyword and parameters as they stand after the code
 */
public record EhloOffer(List<String> lines) {

    /** Offers nothing yet. */
    public static final EhloOffer NOTHING = new EhloOffer(List.of());

    public EhloOffer {
        lines = List.copyOf(lines);
    }

    /** Adds a keyword with its parameters. */
    public EhloOffer with(EhloKeyword keyword, String... parameters) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(
                parameters.length == 0 ? keyword.wireName() : keyword.wireName() + " " + String.join(" ", parameters));
        return new EhloOffer(longer);
    }

    /** Adds SIZE with the largest message taken, in octets; 0 is no limit (RFC 1870 §4). */
    public EhloOffer withSize(long octets) {
        return with(EhloKeyword.SIZE, Long.toString(octets));
    }

    /**
     * The reply to EHLO. It carries no enhanced status (RFC 2034 §4).
     *
     * @param hostname this server's name, which must be the first word (RFC 5321 §4.1.1.1)
     */
    public SmtpReply reply(String hostname) {
        List<String> all = new ArrayList<>();
        all.add(hostname);
        all.addAll(lines);
        return new SmtpReply(250, Optional.empty(), all);
    }
}
