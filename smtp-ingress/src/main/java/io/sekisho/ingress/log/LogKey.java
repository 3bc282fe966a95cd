package io.sekisho.ingress.log;

import java.util.Locale;

/** Every key that a log line of this service may have. */
public enum LogKey {
    ACTION,
    RESULT,
    REASON,
    LISTENER,
    HOST,
    PORT,
    CONNECTION,
    CONNECTIONS,
    CLIENT,
    USER,
    MESSAGE,
    SENDER,
    RECIPIENT,
    RECIPIENTS,
    SIZE,
    TLS,
    CIPHER,
    FLOOR,
    LIMIT,
    RULES,
    REPLY,
    TOPIC,
    MILLIS,
    SETTINGS;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
        return text;
    }
}
