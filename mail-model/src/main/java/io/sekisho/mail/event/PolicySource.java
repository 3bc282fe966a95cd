package io.sekisho.mail.event;

/** Which copy of the policy decided. */
public enum PolicySource {
    /** The table, kept up by the change stream, fresh. */
    STREAM,
    /** The table, kept up by the policy service's HTTP interface because Redis did not answer. */
    HTTP,
    /** The table, older than freshness allows but within {@code maxStale}. */
    STALE
}
