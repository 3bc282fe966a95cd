/**
 * The attempts: a message in hand, from the queue or the schedule, is planned by the policy of the moment, delivered, and
 * what came of it is made durable in the order that a killed pod needs.
 */
package io.sekisho.egress.attempt;
