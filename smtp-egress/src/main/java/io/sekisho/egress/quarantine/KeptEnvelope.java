package io.sekisho.egress.quarantine;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.json.WireJson;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a kept envelope tells, where it can be read so far; anything in it may be missing. */
public final class KeptEnvelope {

    private KeptEnvelope() {}

    /** The envelope; empty where there is none that can be read. */
    public static Optional<Envelope> read(byte[] bytes) {
        try {
            return Optional.ofNullable(WireJson.read(bytes, Envelope.class));
        } catch (UncheckedIOException | NullPointerException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The managed domains that the mail belongs to; none where that is not known. */
    static String[] domains(QuarantinedMail mail) {
        return mail.envelope().flatMap(KeptEnvelope::read).stream()
                .flatMap(envelope -> about(envelope, mail.recipient()).stream()
                        .filter(to -> to.domain() != null && to.direction() != null)
                        .flatMap(to -> MessageFacts.of(envelope, to).managedDomains().stream()))
                .filter(Objects::nonNull)
                .map(DomainName::ascii)
                .distinct()
                .toArray(String[]::new);
    }

    /** The recipients that were kept: one, or all. */
    static List<Recipient> about(Envelope envelope, Optional<String> recipient) {
        return envelope.recipients().stream()
                .filter(to ->
                        recipient.map(wanted -> wanted.equals(to.forwardPath())).orElse(true))
                .toList();
    }
}
