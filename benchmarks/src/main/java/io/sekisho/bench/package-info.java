/** The command {@code ./sekisho bench}: what is compared, in which order, and what becomes of the numbers. */
package io.sekisho.bench;
