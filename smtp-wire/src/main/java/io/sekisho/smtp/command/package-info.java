/**
 * SMTP commands as values, from bytes to lines and from lines to commands (RFC 5321 §4.1). What a command means in a
 * session, and the reply to it, is the server's.
 */
package io.sekisho.smtp.command;
