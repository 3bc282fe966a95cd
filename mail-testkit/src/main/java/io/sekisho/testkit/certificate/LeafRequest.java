package io.sekisho.testkit.certificate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a certificate shall say. Immutable; each {@code with} returns a new request.
 *
 * @param commonName the subject's CN
 * @param dnsNames subjectAltName dNSName entries; none leaves the extension out unless there are addresses
 * @param addresses subjectAltName iPAddress entries
 * @param usages extended key usages; none leaves the extension out
 */
public record LeafRequest(
        String commonName,
        List<String> dnsNames,
        List<String> addresses,
        KeyKind keyKind,
        Instant notBefore,
        Instant notAfter,
        List<Usage> usages) {

    /** Extended key usages of TLS (RFC 5280 §4.2.1.12). */
    public enum Usage {
        SERVER,
        CLIENT,
        /** Neither of both: no certificate for TLS at all. */
        CODE_SIGNING
    }

    public LeafRequest {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        usages = List.copyOf(usages);
    }

    /** An EC certificate for server and client that is valid now, for 30 days. */
    public static LeafRequest named(String... dnsNames) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new LeafRequest(
                dnsNames[0],
                List.of(dnsNames),
                List.of(),
                KeyKind.EC,
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(30)),
                List.of(Usage.SERVER, Usage.CLIENT));
    }

    public LeafRequest withKey(KeyKind kind) {
        return new LeafRequest(commonName, dnsNames, addresses, kind, notBefore, notAfter, usages);
    }

    public LeafRequest withAddresses(String... more) {
        return new LeafRequest(commonName, dnsNames, List.of(more), keyKind, notBefore, notAfter, usages);
    }

    public LeafRequest withUsages(Usage... only) {
        return new LeafRequest(commonName, dnsNames, addresses, keyKind, notBefore, notAfter, List.of(only));
    }

    /** Names the subject in the CN alone, as certificates before RFC 9525 did. */
    public LeafRequest withoutAlternativeNames() {
        return new LeafRequest(commonName, List.of(), List.of(), keyKind, notBefore, notAfter, usages);
    }

    /** Ended yesterday. */
    public LeafRequest expired() {
        return validBetween(notBefore.minus(Duration.ofDays(30)), Instant.now().minus(Duration.ofDays(1)));
    }

    /** Begins tomorrow. */
    public LeafRequest notYetValid() {
        return validBetween(Instant.now().plus(Duration.ofDays(1)), notAfter);
    }

    private LeafRequest validBetween(Instant from, Instant to) {
        return new LeafRequest(commonName, dnsNames, addresses, keyKind, from, to, usages);
    }
}
