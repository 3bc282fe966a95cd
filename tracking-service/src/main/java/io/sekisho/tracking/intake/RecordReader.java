package io.sekisho.tracking.intake;

import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.tracking.TrackingSettings;
import io.sekisho.tracking.store.TrackedEvent;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether a record is an event that can be stored. The headers are not needed for that: the value says everything. */
final class RecordReader {

    /** An event has a few KiB; its longest texts are a subject of 998 octets and a reply of 1,000 characters. */
    static final int LARGEST_EVENT = 256 * 1024;

    /** RFC 5321 §4.5.3.1.3 allows a path 256 octets; with SMTPUTF8 and its extensions it has never more than this. Indexed texts are bounded. */
    static final int LONGEST_PATH = 1_000;

    /** How far ahead of an event an attempt may be due: a year, longer than any queue lifetime. */
    private static final int LONGEST_WAIT_DAYS = 366;

    private final TrackingSettings settings;
    private final Clock clock;

    RecordReader(TrackingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads a record's value; null is what a record without a value has. */
    Reading read(byte[] value) {
        if (value == null) {
            return new Reading.Unfit(DeadLetterReason.NOT_AN_EVENT, "the record has no value");
        }
        if (value.length > LARGEST_EVENT) {
            return new Reading.Unfit(
                    DeadLetterReason.TOO_LARGE,
                    "the value has " + value.length + " octets, an event at most " + LARGEST_EVENT);
        }
        MailEvent event;
        try {
            event = CloudEventRecord.read(value);
        } catch (UncheckedIOException notJson) {
            return new Reading.Unfit(DeadLetterReason.NOT_AN_EVENT, cause(notJson));
        }
        if (event == null) {
            return new Reading.Unfit(DeadLetterReason.NOT_AN_EVENT, "the value is the JSON null");
        }
        Optional<String> fault = fault(event);
        if (fault.isPresent()) {
            return new Reading.Unfit(DeadLetterReason.INCOMPLETE, fault.get());
        }
        Optional<String> dateFault = dateFault(event);
        if (dateFault.isPresent()) {
            return new Reading.Unfit(DeadLetterReason.ABSURD_DATE, dateFault.get());
        }
        return new Reading.Fit(TrackedEvent.of(event, new String(value, StandardCharsets.UTF_8)));
    }

    private static Optional<String> fault(MailEvent event) {
        if (event.id() == null || event.kind() == null || event.at() == null) {
            return Optional.of("the event has no id, kind or at");
        }
        if (event.attempt() < 0) {
            return Optional.of("attempt is " + event.attempt() + ", must be 0 or more");
        }
        if (event.message().isEmpty()) {
            return event.kind() == EventKind.HANDSHAKE_FAILED
                    ? Optional.empty()
                    : Optional.of("an event of kind " + event.kind() + " must carry its message");
        }
        return fault(event.message().get());
    }

    private static Optional<String> fault(MessageFacts facts) {
        if (Stream.of(
                        facts.id(),
                        facts.receivedAt(),
                        facts.direction(),
                        facts.sender(),
                        facts.recipient(),
                        facts.upstream())
                .anyMatch(field -> field == null)) {
            return Optional.of("the message has no id, receivedAt, direction, sender, recipient or upstream");
        }
        if (facts.size() < 0) {
            return Optional.of("message.size is " + facts.size() + ", must be 0 or more");
        }
        if (facts.recipient().isEmpty()) {
            return Optional.of("message.recipient is empty");
        }
        return Stream.of(facts.sender(), facts.recipient())
                .map(path -> path.getBytes(StandardCharsets.UTF_8).length)
                .filter(octets -> octets > LONGEST_PATH)
                .map(octets -> "a path has " + octets + " octets, must have at most " + LONGEST_PATH)
                .findFirst();
    }

    private Optional<String> dateFault(MailEvent event) {
        LocalDate today = LocalDate.now(clock);
        LocalDate first = today.minusDays(settings.acceptedDaysBack());
        LocalDate last = today.plusDays(settings.acceptedDaysAhead());
        return dateFault("message.receivedAt", event.message().map(MessageFacts::receivedAt), first, last)
                .or(() -> dateFault("at", Optional.of(event.at()), first, last))
                .or(() -> dateFault("due", event.due(), first, last.plusDays(LONGEST_WAIT_DAYS)));
    }

    private static Optional<String> dateFault(String field, Optional<Instant> time, LocalDate first, LocalDate last) {
        return time.filter(t -> isOutside(t, first, last))
                .map(t -> field + " is " + t + "; accepted are days from " + first + " to " + last);
    }

    private static boolean isOutside(Instant time, LocalDate first, LocalDate last) {
        return time.isBefore(first.atStartOfDay(ZoneOffset.UTC).toInstant())
                || !time.isBefore(last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static String cause(UncheckedIOException notJson) {
        String message = notJson.getCause().getMessage();
        return message == null ? notJson.getCause().toString() : message;
    }
}
