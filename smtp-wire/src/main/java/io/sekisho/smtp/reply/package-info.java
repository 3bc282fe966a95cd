/**
 * SMTP replies as values: built and rendered by a server, decoded from bytes by a client (RFC 5321 §4.2, RFC 2034, RFC
 * 3463), and what an EHLO reply offers.
 */
package io.sekisho.smtp.reply;
