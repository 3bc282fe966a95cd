package io.sekisho.bench.comparison;

/** What one round measured on either side. */
public record Round(double gateway, double peer) {}
