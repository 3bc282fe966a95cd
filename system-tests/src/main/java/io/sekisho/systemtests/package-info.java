/** The proof by harness: the gateway is broken in every way that is known, and what it promised is counted. */
package io.sekisho.systemtests;
