/**
 * The transparency procedure of DATA in both directions (RFC 5321 §4.5.2), and the chunks of BDAT (RFC 3030): the byte
 * machines on which it depends where a message ends.
 */
package io.sekisho.smtp.content;
