package io.sekisho.bench.comparison;

/** Which values are the better ones. A ratio above 1 always says that the gateway is ahead. */
public enum Better {
    HIGHER,
    LOWER;

    /** How many times better the gateway is than the peer. */
    double ratio(double gateway, double peer) {
        return this == HIGHER ? gateway / peer : peer / gateway;
    }
}
