/** What the benchmarks play on: a gateway of its own on free ports of loopback, started when it is first needed, gone in the end. */
package io.sekisho.bench.stage;
