/**
 * The listener: accepts connections, feeds their octets to the session and carries out its effects, with back-pressure in
 * both directions. Vert.x futures stay in here.
 */
package io.sekisho.ingress.listener;
