/** Postfix as a peer: an instance of its own, with its own configuration and queue, that touches nothing of the system's. */
package io.sekisho.bench.postfix;
