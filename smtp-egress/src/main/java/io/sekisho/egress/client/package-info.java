/**
 * The SMTP client: one class holds a connection and carries out what the dialogue wants, one goes from host to host, one
 * decides what these came to.
 */
package io.sekisho.egress.client;
