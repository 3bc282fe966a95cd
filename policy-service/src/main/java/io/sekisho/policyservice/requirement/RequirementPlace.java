package io.sekisho.policyservice.requirement;

/** Where a level is set; what may be set differs. */
public enum RequirementPlace {
    INBOUND_PEER,
    OUTBOUND_PEER,
    INBOUND_DEFAULT,
    OUTBOUND_DEFAULT,
    /** The sessions of a domain's own relay sources. */
    RELAY,
    NEXT_HOP;

    /** The other side connects to us: it elects TLS, and we do not choose its name. */
    boolean isInbound() {
        return this == INBOUND_PEER || this == INBOUND_DEFAULT || this == RELAY;
    }

    /** One peer is named, not everyone. */
    boolean isPeer() {
        return this == INBOUND_PEER || this == OUTBOUND_PEER;
    }
}
