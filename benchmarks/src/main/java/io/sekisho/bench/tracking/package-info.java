/** What concerns tracking: how fast events are stored, how fast messages are found. */
package io.sekisho.bench.tracking;
