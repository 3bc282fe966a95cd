package io.sekisho.egress.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.json.WireJson;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What a record of the intake queue turns out to be. */
sealed interface QueuedMail {

    /** Mail that can be attempted. */
    record Attemptable(Envelope envelope) implements QueuedMail {}

    /** Written by a later version of ingress: this one must not touch it. */
    record LaterVersion(int version) implements QueuedMail {}

    /**
     * Nothing that could be attempted.
     *
     * @param envelope where at least that could be read
     */
    record Unreadable(String detail, Optional<Envelope> envelope) implements QueuedMail {}

    /** Reads it. */
    static QueuedMail read(QueueRecord record) {
        if (record.envelope().isEmpty()) {
            return new Unreadable("the record has no header " + Envelope.HEADER, Optional.empty());
        }
        byte[] json = record.envelope().get();
        Envelope envelope;
        try {
            int version = WireJson.read(json, JsonNode.class).path("version").asInt(0);
            if (version > Envelope.VERSION) {
                return new LaterVersion(version);
            }
            if (version < 1) {
                return new Unreadable("the envelope has no version", Optional.empty());
            }
            envelope = WireJson.read(json, Envelope.class);
        } catch (UncheckedIOException notAnEnvelope) {
            return new Unreadable(
                    "the envelope cannot be read: " + notAnEnvelope.getCause().getMessage(), Optional.empty());
        }
        return fault(envelope, record)
                .<QueuedMail>map(detail -> new Unreadable(detail, Optional.of(envelope)))
                .orElseGet(() -> new Attemptable(envelope));
    }

    private static Optional<String> fault(Envelope envelope, QueueRecord record) {
        if (envelope.id() == null || envelope.receivedAt() == null || envelope.reversePath() == null) {
            return Optional.of("the envelope lacks id, receivedAt or reversePath");
        }
        if (envelope.recipients().isEmpty()) {
            return Optional.of("the envelope has no recipients");
        }
        boolean incomplete = envelope.recipients().stream().anyMatch(QueuedMail::isIncomplete);
        if (incomplete) {
            return Optional.of("a recipient lacks forwardPath, domain or direction");
        }
        // RFC 5321 §4.1.2: no path has control characters; one that has could end a command.
        boolean controls = hasControls(envelope.reversePath())
                || envelope.recipients().stream().anyMatch(to -> hasControls(to.forwardPath()));
        if (controls) {
            return Optional.of("an address has a control character");
        }
        long size = envelope.isInline()
                ? record.value().length
                : envelope.chunks().stream().mapToLong(chunk -> chunk.length()).sum();
        return size == envelope.size()
                ? Optional.empty()
                : Optional.of("the message has " + size + " octets, its envelope says " + envelope.size());
    }

    private static boolean isIncomplete(Recipient to) {
        return to.forwardPath() == null || to.domain() == null || to.direction() == null;
    }

    private static boolean hasControls(String path) {
        return path.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    }
}
