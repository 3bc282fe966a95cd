/** A DNS server on loopback whose zones are written in the test. */
package io.sekisho.testkit.dns;
