/**
 * Keeps events and the deliveries folded from them, and finds them again: the interface and its implementation on PostgreSQL.
 *
 * <p>A batch of events is one transaction of a few statements with arrays ({@code unnest}), which is why this is Vert.x' PostgreSQL client
 * and not an object-relational mapper: the rows of a batch are never loaded one by one.
 */
package io.sekisho.tracking.store;
