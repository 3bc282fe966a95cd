/** Structured log lines: {@code key=value}, from one list of keys; never a body, never a credential. */
package io.sekisho.ingress.log;
