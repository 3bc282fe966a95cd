/**
 * What tests and the demo set against the gateway: mail servers, resolvers, certificates and faults that share no code
 * with it.
 */
package io.sekisho.testkit;
