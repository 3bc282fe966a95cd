package io.sekisho.ingress.session;

/**
 * Where a session stops.
 *
 * @param messageOctets largest content, our own Received field not counted
 * @param recipients of one message (RFC 5321 §4.5.3.1.8 asks for 100 at least)
 * @param envelopeOctets largest envelope in JSON
 * @param errors after which the connection is closed
 * @param receivedFields at which a message is taken for one that loops (RFC 5321 §6.3 asks for 100 at least)
 */
public record SessionLimits(long messageOctets, int recipients, long envelopeOctets, int errors, int receivedFields) {

    /** RFC 5321 §6.3. */
    public static final int RECEIVED_FIELDS = 100;
}
