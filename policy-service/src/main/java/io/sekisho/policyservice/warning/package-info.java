/** Hints: what is allowed, and yet may not do what its author hopes. */
package io.sekisho.policyservice.warning;
