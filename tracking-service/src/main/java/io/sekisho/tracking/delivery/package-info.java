/**
 * The state of a message for one of its recipients, folded from events: pure values.
 *
 * <p>Events come at least once and in any order, so every part of the state is the greatest of what was told, by an order of its own: joining
 * is commutative, associative and idempotent, and the state needs no memory of the events it was joined from.
 */
package io.sekisho.tracking.delivery;
