package io.sekisho.tracking.log;

import java.util.Locale;

/** The keys of the service's log lines. */
public enum LogKey {
    CAUSE,
    COUNT,
    DAYS,
    DETAIL,
    FOR,
    OFFSET,
    PARTITION,
    REASON,
    SETTING,
    TOPIC,
    VALUE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
