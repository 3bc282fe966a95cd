package io.sekisho.systemtests.arrival;

import java.util.Optional;

/**
 * One message that a partner took responsibility for.
 *
 * @param gatewayId under which the gateway had accepted it, as its Received field says
 * @param tls version of the session by the JDK's name; empty: plain text
 * @param atNanos by {@link System#nanoTime()}
 */
public record Arrival(String gatewayId, Optional<String> tls, long atNanos) {}
