/** Faults of the network between two mail servers: a proxy that strips, cuts and stalls. */
package io.sekisho.testkit.fault;
