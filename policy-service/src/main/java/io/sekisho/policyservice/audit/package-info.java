/** Who changed what, when, before and after. */
package io.sekisho.policyservice.audit;
