package io.sekisho.egress.attempt;

import io.sekisho.egress.quarantine.QuarantinedMail.Position;
import io.sekisho.mail.envelope.Envelope;
import java.util.Optional;
import java.util.UUID;

/**
 * A message in hand.
 *
 * @param position in the intake queue, where it came from there
 */
record MailInHand(Envelope envelope, Body body, Optional<Position> position) {

    UUID id() {
        return envelope.id();
    }
}
