/** What cannot be delivered as it is and must not be thrown away: kept in a table for an operator. */
package io.sekisho.egress.quarantine;
