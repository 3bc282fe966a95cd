/**
 * The one adapter between SMTP and TLS: Vert.x sockets turned to TLS by our own Netty handler on BoringSSL, and the
 * judgement of certificates afterwards. Only so can the floor differ per connection, a post-quantum group be offered,
 * and the event say what a session had (ADR on BoringSSL). Nothing else in the project touches Netty's TLS.
 */
package io.sekisho.smtp.tls;
