/** A look at a whole domain: what an administrator may want to change. */
package io.sekisho.policyservice.review;
