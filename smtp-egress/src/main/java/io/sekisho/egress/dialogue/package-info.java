/**
 * The client's side of an SMTP session as a pure machine: bytes and events in, effects out, no I/O. It tells what a host
 * did; what several hosts together came to, and whether mail bounces, is decided elsewhere.
 */
package io.sekisho.egress.dialogue;
