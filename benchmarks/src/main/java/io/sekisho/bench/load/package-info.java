/**
 * The load generator: SMTP sessions with STARTTLS, as many as are asked for, in a closed loop for rates and on a fixed schedule for
 * latencies. It blocks, one thread a session: simple, and cheaper than what it measures.
 */
package io.sekisho.bench.load;
