package io.sekisho.ingress.listener;

import java.time.Duration;

/**
 * One listener.
 *
 * @param name in logs, events and envelopes
 * @param port 0 takes a free one
 * @param connectionLimit how many connections are served at once
 * @param idleTimeout for a command, or between two pieces of content
 * @param contentTimeout for the content of one message in all
 */
public record ListenerSettings(
        String name,
        String host,
        int port,
        int connectionLimit,
        Duration idleTimeout,
        Duration contentTimeout,
        Duration handshakeTimeout) {}
