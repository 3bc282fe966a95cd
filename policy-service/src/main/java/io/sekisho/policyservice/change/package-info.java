/** How policy changes: one transaction that takes a number, changes rows, and leaves an audit row and an outbox row. */
package io.sekisho.policyservice.change;
