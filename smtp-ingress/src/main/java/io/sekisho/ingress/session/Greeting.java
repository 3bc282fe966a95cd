package io.sekisho.ingress.session;

import io.sekisho.smtp.trace.TransmissionType;

/**
 * How the client introduced itself.
 *
 * @param kind EHLO opens the extensions, HELO does not
 * @param name as given; never verified and never a ground for a decision
 */
public record Greeting(TransmissionType.Greeting kind, String name) {}
