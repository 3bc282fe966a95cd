/**
 * What one client's address may do: connections at once, and connections, messages, recipients and failed logins in a
 * minute. Counted in this process, and of the other pods what Redis last said; nothing here waits for it.
 */
package io.sekisho.ingress.limit;
