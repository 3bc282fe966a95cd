package io.sekisho.tracking.intake;

import java.util.Locale;

/** Why a record cannot become an event; the value of the header {@code dead-letter-reason} and of the counter's tag. */
enum DeadLetterReason {
    /** The value is not the JSON of an event, or of a kind that this version does not know. */
    NOT_AN_EVENT,
    /** A field that every event has is missing or out of its range. */
    INCOMPLETE,
    /** {@code receivedAt} lies further back or ahead than the settings allow. */
    ABSURD_DATE,
    /** The value is larger than an event can be. */
    TOO_LARGE,
    /** The database will not take it. */
    REFUSED_BY_DATABASE;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
