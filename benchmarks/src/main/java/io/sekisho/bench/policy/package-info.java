/** What concerns policy: the look-up in process, the policy API, the way of a change to the gateway. */
package io.sekisho.bench.policy;
