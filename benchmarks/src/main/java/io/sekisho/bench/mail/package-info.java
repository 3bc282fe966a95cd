/** What concerns mail: taking it, new TLS connections, relaying it, idle connections. */
package io.sekisho.bench.mail;
