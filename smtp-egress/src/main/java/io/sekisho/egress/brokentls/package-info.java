/** The memory of hosts whose TLS broke, so that opportunistic mail does not fail a handshake at each attempt. */
package io.sekisho.egress.brokentls;
