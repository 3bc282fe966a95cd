/** Reverse-path and forward-path: the addresses of the envelope (RFC 5321 §4.1.2, RFC 6531 §3.3). */
package io.sekisho.smtp.path;
