/** What a session had: the TLS facts that envelopes and events tell of. */
package io.sekisho.mail.tls;
