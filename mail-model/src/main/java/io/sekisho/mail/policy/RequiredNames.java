package io.sekisho.mail.policy;

import java.util.List;

/**
 * The names that one rule asks of a certificate.
 *
 * @param anyOf one of these must be in the certificate; empty: the name of the host that is connected to
 */
public record RequiredNames(List<String> anyOf) {

    public static final RequiredNames HOST = new RequiredNames(List.of());

    public RequiredNames {
        anyOf = List.copyOf(anyOf);
    }

    public boolean isHostName() {
        return anyOf.isEmpty();
    }
}
