/** How two sides are compared: alternating rounds in one run, a ratio for each round, its median and spread; and the rule of the standing check. */
package io.sekisho.bench.comparison;
