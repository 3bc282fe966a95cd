/** A plain Quarkus application, which the gateway's services are compared with. */
package io.sekisho.bench.plain;
