/**
 * Managed domains as ingress and egress know them: compiled from one consistent state of the database, for {@code GET /compiled}, for the
 * publisher and for {@code POST /decisions}.
 *
 * <p>Reads go through the SQL client, not through entities: they are bulk reads that stream, and nothing is changed in them.
 */
package io.sekisho.policyservice.compiled;
