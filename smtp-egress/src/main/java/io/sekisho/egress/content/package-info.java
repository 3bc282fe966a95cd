/** The bytes of messages: inline, or in parts in {@code sekisho.mail.content}, and the writing of parts. */
package io.sekisho.egress.content;
