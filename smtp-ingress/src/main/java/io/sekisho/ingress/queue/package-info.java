/**
 * The intake queue: a message streams into memory and, above the inline limit, into chunks in {@code sekisho.mail.content};
 * the record in {@code sekisho.mail.queue} makes it a message, and its acknowledgement is what 250 waits for.
 */
package io.sekisho.ingress.queue;
