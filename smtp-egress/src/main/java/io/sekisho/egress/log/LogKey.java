package io.sekisho.egress.log;

import java.util.Locale;

/** The keys of the service's log lines. */
public enum LogKey {
    ACTION,
    ALERT,
    ATTEMPT,
    CAUSE,
    COUNT,
    DESTINATION,
    DETAIL,
    DUE,
    FAILURE,
    HOST,
    IN_FLIGHT,
    KEY,
    LEDGER,
    MESSAGE,
    OFFSET,
    OUTCOME,
    PARTITION,
    RECIPIENT,
    REPLY,
    REPORT,
    REVISION,
    ROLE,
    RULES,
    SETTING,
    STATUS,
    TARGET,
    TLS,
    TOPIC,
    VERDICT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
