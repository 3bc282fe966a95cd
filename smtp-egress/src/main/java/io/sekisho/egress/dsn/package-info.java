/** Delivery status notifications (RFC 3461, RFC 3464): who gets one, what stands in it, and its envelope. */
package io.sekisho.egress.dsn;
