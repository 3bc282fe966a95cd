/**
 * tracking-service: reads what ingress and egress tell ({@code sekisho.mail.events}), folds it into one row for each message and recipient,
 * and answers whether each went by TLS, in which version, and why one was blocked.
 *
 * <p>{@code intake} reads events, {@code store} keeps them, {@code delivery} is the fold, {@code search} what can be asked for, {@code
 * messages} the REST interface.
 */
package io.sekisho.tracking;
