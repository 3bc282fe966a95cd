/**
 * Carries every change to Redis, in order and without a gap, where the gateway's pods follow it.
 *
 * <p>Redis itself says what is published: {@link io.sekisho.policyservice.publication.Publisher} compares its head with the database and does what
 * is missing. Every write is one script that goes through only if the head is still the one that was compared, so a second publisher, a
 * flushed Redis or a late command can spoil nothing; the lease only sees to it that one pod does the work.
 */
package io.sekisho.policyservice.publication;
