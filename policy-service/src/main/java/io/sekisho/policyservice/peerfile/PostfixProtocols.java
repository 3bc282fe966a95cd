package io.sekisho.policyservice.peerfile;

import io.sekisho.mail.policy.TlsVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A list of protocols as Postfix writes it (postconf(5), smtp_tls_mandatory_protocols): {@code >=TLSv1.2}, {@code !SSLv3:!TLSv1},
 * {@code TLSv1.2:TLSv1.3}. Here a peer has one lower bound, so a list that leaves out a newer protocol cannot be said.
 */
final class PostfixProtocols {
    private static final String SSLV2 = "sslv2";

    private PostfixProtocols() {}

    /**
     * The lowest protocol that a list allows; empty where it forbids none.
     *
     * @throws IllegalArgumentException where the list is none of Postfix', or has no lower bound alone
     */
    static Optional<TlsVersion> minimum(String list) {
        Set<TlsVersion> named = EnumSet.noneOf(TlsVersion.class);
        Set<TlsVersion> excluded = EnumSet.noneOf(TlsVersion.class);
        boolean names = false;
        Optional<TlsVersion> floor = Optional.empty();
        for (String item : list.split("[:,\\s]+", -1)) {
            if (item.isEmpty()) {
                continue;
            }
            if (item.startsWith("<=")) {
                throw new IllegalArgumentException("an upper bound, '" + item + "', has no counterpart here");
            }
            if (item.startsWith(">=")) {
                floor = bound(item.substring(2));
            } else if (item.startsWith("!")) {
                version(item.substring(1)).ifPresent(excluded::add);
            } else {
                names = true;
                version(item).ifPresent(named::add);
            }
        }
        Set<TlsVersion> allowed = names ? EnumSet.copyOf(named) : EnumSet.allOf(TlsVersion.class);
        allowed.removeAll(excluded);
        TlsVersion atLeast = floor.orElse(TlsVersion.SSLV3);
        allowed.removeIf(version -> !version.isAtLeast(atLeast));
        return lowest(allowed, list);
    }

    private static Optional<TlsVersion> lowest(Set<TlsVersion> allowed, String list) {
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("'" + list + "' allows no protocol");
        }
        TlsVersion lowest = allowed.iterator().next();
        for (TlsVersion version : TlsVersion.values()) {
            if (version.isAtLeast(lowest) && !allowed.contains(version)) {
                throw new IllegalArgumentException("'" + list + "' leaves out " + version + " above " + lowest
                        + "; a peer here has a lower bound only");
            }
        }
        return lowest == TlsVersion.SSLV3 ? Optional.empty() : Optional.of(lowest);
    }

    /** SSLv2 is known to Postfix, and nowhere spoken any more. */
    private static Optional<TlsVersion> version(String name) {
        if (name.toLowerCase(Locale.ROOT).equals(SSLV2)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(TlsVersion.values())
                .filter(version -> version.label().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is not a protocol that Postfix knows")));
    }

    private static Optional<TlsVersion> bound(String name) {
        if (name.equalsIgnoreCase("None") || name.equals("0")) {
            return Optional.empty();
        }
        if (name.regionMatches(true, 0, "0x", 0, 2)) {
            throw new IllegalArgumentException(
                    "a bound as a number, '" + name + "', is not read; use a name such as TLSv1.2");
        }
        return version(name);
    }
}
