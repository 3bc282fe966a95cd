package io.sekisho.tracking.messages;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.rest.Refusal;
import io.sekisho.tracking.search.Glob;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the parameters that are texts; a wrong one is 400 and names the parameter and what it takes. */
final class TextParameters {
    private static final String WILDCARD_LABEL = "*.";
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;
    private static final Set<String> TLS = Stream.concat(
                    Stream.of(TlsFacts.PLAIN),
                    Arrays.stream(TlsVersion.values()).map(TlsVersion::label))
            .collect(Collectors.toUnmodifiableSet());

    private TextParameters() {}

    /** Exact, or with {@code *}. */
    static Glob glob(String name, String text) {
        return read(name, text, Glob::new);
    }

    /** A managed domain in any spelling, or a pattern; compared in A-labels. */
    static Glob domain(String name, String text) {
        return read(name, text, TextParameters::domain);
    }

    private static Glob domain(String text) {
        if (text.indexOf('*') < 0) {
            return new Glob(DomainName.parse(text).ascii());
        }
        String rest = text.startsWith(WILDCARD_LABEL) ? text.substring(WILDCARD_LABEL.length()) : text;
        return DomainName.tryParse(rest)
                .map(parent -> new Glob(WILDCARD_LABEL + parent.ascii()))
                .orElseGet(() -> new Glob(text.toLowerCase(Locale.ROOT)));
    }

    /** With or without the angle brackets of RFC 5322 §3.6.4. */
    static String messageId(String name, String text) {
        return read(name, text, given -> {
            if (given.isBlank() || given.length() > Glob.LONGEST || given.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("must be a Message-ID of at most " + Glob.LONGEST + " characters");
            }
            return given.startsWith("<") ? given : "<" + given + ">";
        });
    }

    static IpNetwork network(String name, String text) {
        return read(name, text, IpNetwork::parse);
    }

    static Set<String> tls(String name, Collection<String> texts) {
        return texts.stream()
                .map(text -> read(name, text, TextParameters::tls))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String tls(String text) {
        if (!TLS.contains(text)) {
            throw new IllegalArgumentException("'" + text + "' is not accepted; use one of "
                    + TLS.stream().sorted().collect(Collectors.joining(", ")));
        }
        return text;
    }

    /** A time with its offset, or a date, which is its first moment in UTC. */
    static Instant time(String name, String text) {
        return read(name, text, TextParameters::time);
    }

    private static Instant time(String text) {
        try {
            OffsetDateTime time = text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
        } catch (DateTimeException noTime) {
            // Said below.
        }
        String hint = text.indexOf(' ') < 0 ? "" : " (in a URL the sign + is written %2B)";
        throw new IllegalArgumentException("'" + text
                + "' is not accepted; use a time such as 2026-11-24T07:00:00Z or a date such as 2026-11-24" + hint);
    }

    private static <T> T read(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.badRequest(name, wrong.getMessage());
        }
    }
}
