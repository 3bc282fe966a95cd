/** API keys: who may call. Stored as hashes, shown once. */
package io.sekisho.policyservice.access;
