/** Trace information of RFC 5321 §4.4: the Received field that this gateway prepends. */
package io.sekisho.smtp.trace;
