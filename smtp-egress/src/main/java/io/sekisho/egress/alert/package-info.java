/** Mail to the operator's postmaster about what a person must look at: of each cause one an hour, from the whole cluster (ADR 32). */
package io.sekisho.egress.alert;
