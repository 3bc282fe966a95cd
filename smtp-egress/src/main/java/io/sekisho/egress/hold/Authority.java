package io.sekisho.egress.hold;

/** In whose name mail is held. */
public enum Authority {
    /** The operator of the gateway: ended by an admin alone. */
    OPERATOR,
    /** The administrator of a domain: ended by any of its administrators, and by an admin. */
    DOMAIN
}
