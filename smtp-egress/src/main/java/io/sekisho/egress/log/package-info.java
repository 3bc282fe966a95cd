/** Log lines of keys and values, with the one list of keys. */
package io.sekisho.egress.log;
