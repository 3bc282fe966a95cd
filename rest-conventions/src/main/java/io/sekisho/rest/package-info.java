/**
 * What the REST services share: errors as problem+json (RFC 9457), bearer keys with roles and domains, strict JSON, cursors, entity tags.
 *
 * <p>A service depends on this module and annotates its resource methods with {@link io.sekisho.rest.Allowed}; everything else is found by
 * Quarkus. Keys are looked up by {@link io.sekisho.rest.ApiKeys}: in Redis, or by a bean of the service's own.
 */
package io.sekisho.rest;
