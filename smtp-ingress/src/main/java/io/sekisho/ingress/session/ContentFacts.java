package io.sekisho.ingress.session;

import java.util.Optional;

/**
 * What was learned of a message's content while it streamed by.
 *
 * @param octets as the client sent them, transparency dots removed
 * @param eightBit whether an octet was 128 or above
 * @param receivedFields how many Received fields its header had
 * @param subject unfolded, cut at 998 octets
 * @param messageId unfolded, cut at 998 octets
 */
public record ContentFacts(
        long octets, boolean eightBit, int receivedFields, Optional<String> subject, Optional<String> messageId) {}
