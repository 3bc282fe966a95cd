package io.sekisho.egress.log;

import java.util.Locale;

/** The keys of the service's log lines. */
public enum LogKey {
    ALERT,
    ATTEMPT,
    CAUSE,
    COUNT,
    DESTINATION,
    DETAIL,
    DUE,
    FAILURE,
    HOST,
    LEDGER,
    MESSAGE,
    OFFSET,
    OUTCOME,
    PARTITION,
    RECIPIENT,
    REPLY,
    REPORT,
    REVISION,
    RULES,
    SETTING,
    STATUS,
    TLS,
    TOPIC,
    VERDICT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
