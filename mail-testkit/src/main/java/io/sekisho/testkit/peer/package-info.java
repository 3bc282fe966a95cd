/**
 * A partner's mail server on loopback, on plain sockets and virtual threads: it does what a script tells it, wrong
 * things included, and keeps a journal of all that it saw.
 */
package io.sekisho.testkit.peer;
