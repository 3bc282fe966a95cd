/**
 * The contract of one delivery attempt: what is handed to the {@link io.sekisho.egress.delivery.Courier}, and what it
 * reports. When to attempt, and what becomes of a report, is not decided here.
 */
package io.sekisho.egress.delivery;
