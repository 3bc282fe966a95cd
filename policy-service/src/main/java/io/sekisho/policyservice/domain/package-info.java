/** Managed domains: the domains whose mail passes through the gateway. */
package io.sekisho.policyservice.domain;
