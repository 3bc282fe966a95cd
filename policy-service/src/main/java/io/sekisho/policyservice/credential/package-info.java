/** Submission credentials: the users who may send mail for a domain, and their secrets. Stored as hashes, shown once. */
package io.sekisho.policyservice.credential;
