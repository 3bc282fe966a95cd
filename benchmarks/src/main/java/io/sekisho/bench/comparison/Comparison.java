package io.sekisho.bench.comparison;

/**
 * Two sides and what is measured on both.
 *
 * @param name under which its ratio is recorded, such as {@code accept.sessions}
 * @param what one clause for people
 * @param unit of the measured values
 * @param peer whom the gateway is compared with
 */
public record Comparison(
        String name, String what, String unit, Better better, Side gatewaySide, String peer, Side peerSide) {}
