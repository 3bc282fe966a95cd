/** What is learned of a message's content while it streams by; nothing of it is kept or changed. */
package io.sekisho.ingress.content;
