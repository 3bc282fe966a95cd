/**
 * An SMTP session as a value: (state, input) to (next state, effects), without I/O (RFC 5321 §4.1.4, §4.3.2).
 *
 * <p>{@link io.sekisho.ingress.session.SessionState} draws the states, {@link io.sekisho.ingress.session.Dialogue} feeds
 * them from the client's bytes, and the listener carries out the effects.
 */
package io.sekisho.ingress.session;
