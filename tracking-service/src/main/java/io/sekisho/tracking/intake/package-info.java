/**
 * Reads {@code sekisho.mail.events} batch by batch. A batch is acknowledged when all its events are committed to the database or stand in
 * the dead-letter topic, so a process may end at any instant: what was not acknowledged is read again, and storing it again changes nothing.
 */
package io.sekisho.tracking.intake;
