/** What is known of a sender's domain outside of the policy: whether DNS has it, and whether it takes mail. */
package io.sekisho.ingress.sender;
