/** What the service counts, for Prometheus. */
package io.sekisho.ingress.metrics;
