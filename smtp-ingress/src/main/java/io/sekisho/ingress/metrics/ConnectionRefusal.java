package io.sekisho.ingress.metrics;

/** Why a connection got no session. */
public enum ConnectionRefusal {
    /** The listener, or the process, has as many as it can serve. */
    FULL,
    CLIENT_LIMIT,
    NOT_A_BALANCER,
    /** A balancer's connection began with something else, or with nothing. */
    NO_HEADER,
    DRAINING
}
