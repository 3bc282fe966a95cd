package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import java.util.Arrays;
import java.util.Locale;

/** Whom the sender wants to hear of (RFC 3461 §4.1). */
public final class NotifyWish {

    private NotifyWish() {}

    /** Whether a report about this recipient is sent: never in answer to {@code <>} (RFC 5321 §4.5.5, RFC 3461 §6.1). */
    public static boolean wants(Action action, Envelope envelope, Recipient recipient) {
        if (envelope.hasNullSender()) {
            return false;
        }
        // Without NOTIFY a failure is always reported, a delay where the gateway likes to (RFC 3461 §4.1).
        return recipient
                .notifyOn()
                .map(value -> lists(value, action == Action.FAILED ? "FAILURE" : "DELAY"))
                .orElse(true);
    }

    private static boolean lists(String value, String keyword) {
        return Arrays.stream(value.toUpperCase(Locale.ROOT).split(","))
                .map(String::strip)
                .anyMatch(keyword::equals);
    }
}
