/** What is printed and what is written to {@code docs/benchmarks.md}: ratios, raw numbers, the machine, the versions. */
package io.sekisho.bench.report;
