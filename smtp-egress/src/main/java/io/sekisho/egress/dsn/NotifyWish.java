package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import java.util.Arrays;
import java.util.Locale;

/** Whom the sender wants to hear of (RFC 3461 §4.1). */
public final class NotifyWish {

    private NotifyWish() {}

    /**
     * Whether a report about this recipient is sent: never in answer to {@code <>} (RFC 5321 §4.5.5, RFC 3461 §6.1), and so
     * never about a report.
     */
    public static boolean wants(Action action, Envelope envelope, Recipient recipient) {
        if (envelope.hasNullSender()) {
            return false;
        }
        return recipient.notifyOn().map(value -> lists(value, keyword(action))).orElse(isUsual(action));
    }

    /** RFC 3461 §4.1: without NOTIFY a failure is always reported, a delay where the gateway likes to, success never. */
    private static boolean isUsual(Action action) {
        return action != Action.RELAYED;
    }

    private static String keyword(Action action) {
        return switch (action) {
            case FAILED -> "FAILURE";
            case DELAYED -> "DELAY";
            case RELAYED -> "SUCCESS";
        };
    }

    private static boolean lists(String value, String keyword) {
        return Arrays.stream(value.toUpperCase(Locale.ROOT).split(","))
                .map(String::strip)
                .anyMatch(keyword::equals);
    }
}
