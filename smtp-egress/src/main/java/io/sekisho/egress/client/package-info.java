/**
 * The SMTP client. The dialogue is pure: a state takes an input and answers with the next state and effects. One class
 * holds the connection and carries the effects out; one decides what an attempt with several hosts came to.
 */
package io.sekisho.egress.client;
