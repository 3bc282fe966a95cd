package io.sekisho.systemtests.traffic;

import java.util.List;
import java.util.Optional;

/** Where numbered mail goes: a partner with the TLS that its server has, and the level that policy requires of it. */
public enum Destination {
    /** Outbound, mandatory, at least TLSv1.3. */
    TLS13("tls13.example", Requirement.TLS13),
    /** Outbound, mandatory; the partner has TLSv1.2 only. */
    TLS12("tls12.example", Requirement.TLS12),
    /** Outbound, opportunistic; the partner has TLS. */
    EITHER("either.example", Requirement.NONE),
    /** Outbound, opportunistic; the partner has no TLS. */
    PLAIN("plain.example", Requirement.NONE),
    /** Inbound, to the customer's own server. */
    CUSTOMER("customer.example", Requirement.NONE);

    /** The least that a session to a destination must have. */
    private enum Requirement {
        NONE,
        TLS12,
        TLS13
    }

    private final String domain;
    private final Requirement requirement;

    Destination(String domain, Requirement requirement) {
        this.domain = domain;
        this.requirement = requirement;
    }

    /** The destination of a number: they take turns. */
    static Destination of(int number) {
        return values()[number % values().length];
    }

    public String domain() {
        return domain;
    }

    public boolean isInbound() {
        return this == CUSTOMER;
    }

    /** Whether mail may arrive only by TLS. */
    public boolean isMandatory() {
        return requirement != Requirement.NONE;
    }

    /**
     * Whether a session was good enough.
     *
     * @param tls its version by the JDK's name; empty: plain text
     */
    public boolean isSatisfiedBy(Optional<String> tls) {
        return switch (requirement) {
            case NONE -> true;
            case TLS12 -> tls.filter(List.of("TLSv1.2", "TLSv1.3")::contains).isPresent();
            case TLS13 -> tls.filter("TLSv1.3"::equals).isPresent();
        };
    }
}
