/**
 * From a recipient's domain to the addresses that may be connected to: static routes, next hops, MX records, and what
 * must never be connected to.
 */
package io.sekisho.egress.route;
