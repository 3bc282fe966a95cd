/**
 * What is decided at RCPT, for each recipient on its own: its direction, whether the client may send to it, and whether
 * the session is good enough for the rules of its managed domain. Without I/O: the policy is in the process.
 */
package io.sekisho.ingress.recipient;
