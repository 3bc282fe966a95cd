/**
 * The truth about policy: managed domains, their defaults, TLS peers and submission credentials, and API keys, kept in PostgreSQL, offered over REST, compiled and
 * published to every pod of the gateway.
 *
 * <p>A change runs through {@code change} (one transaction: number, rows, audit, outbox); {@code publication} carries it to Redis;
 * {@code compiled} reads it back for whoever cannot reach Redis.
 */
package io.sekisho.policyservice;
