/**
 * Destinations: what shares a route, and so is busy, in trouble and well together. How many attempts at it the whole cluster
 * makes at once, and when it is left alone; all pods share it through PostgreSQL, and none waits for that (ADR 33).
 */
package io.sekisho.egress.destination;
