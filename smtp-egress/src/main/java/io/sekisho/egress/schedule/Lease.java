package io.sekisho.egress.schedule;

import java.time.Duration;

/**
 * The right to attempt what a row holds, for a time that is renewed; of a pod that died it runs out.
 *
 * @param owner pod and incarnation
 */
public record Lease(String owner, Duration length) {}
