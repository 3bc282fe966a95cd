/**
 * The operator's side of the queue, {@code /api/v1} of this service: what waits and why, and the orders to hold, release, flush
 * and cancel it; the quarantine. Everything here is SQL on the schedule, which all pods obey (ADR 34).
 */
package io.sekisho.egress.operator;
