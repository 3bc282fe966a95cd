/** Whether the service lives, and what it lacks to be ready. */
package io.sekisho.egress.health;
