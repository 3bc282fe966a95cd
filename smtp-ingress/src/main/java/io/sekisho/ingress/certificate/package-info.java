/** Our own certificate: read from its files, and read again when they change. */
package io.sekisho.ingress.certificate;
