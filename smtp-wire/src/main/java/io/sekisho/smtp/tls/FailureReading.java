package io.sekisho.smtp.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Turns what Netty and BoringSSL throw into a {@link Failed}. */
final class FailureReading {

    // "error:1000042e:SSL routines:OPENSSL_internal:TLSV1_ALERT_PROTOCOL_VERSION"
    private static final Pattern BORINGSSL_REASON = Pattern.compile("OPENSSL_internal:([A-Z0-9_]+)");
    private static final Pattern ALERT = Pattern.compile("(?:SSLV3|TLSV1)_ALERT_([A-Z0-9_]+)");
    private static final int LONGEST_DETAIL = 300;

    private FailureReading() {}

    static Failed read(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SslHandshakeTimeoutException) {
                return failed(HandshakeFailure.TIMED_OUT, cause);
            }
            if (cause instanceof NotSslRecordException) {
                // Its message is a dump of what was received.
                return failed(HandshakeFailure.NOT_TLS, "");
            }
            if (cause instanceof SSLException
                    && BORINGSSL_REASON
                            .matcher(String.valueOf(cause.getMessage()))
                            .find()) {
                return ofBoringSsl(cause.getMessage());
            }
            if (cause instanceof ClosedChannelException || isTransport(cause)) {
                return failed(HandshakeFailure.CLOSED, "");
            }
        }
        return failed(HandshakeFailure.OTHER, thrown);
    }

    static Failed failed(HandshakeFailure failure, String detail) {
        return new Failed(failure, detail.isEmpty() ? failure.phrase() : failure.phrase() + ": " + printable(detail));
    }

    private static Failed failed(HandshakeFailure failure, Throwable cause) {
        return failed(failure, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private static boolean isTransport(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof SSLException);
    }

    private static Failed ofBoringSsl(String message) {
        Matcher reasons = BORINGSSL_REASON.matcher(message);
        reasons.find();
        String reason = reasons.group(1);
        Matcher alert = ALERT.matcher(reason);
        String name = (alert.matches() ? alert.group(1) : reason)
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
        String detail = alert.matches() ? "alert " + name : name;
        return failed(kind(reason, alert.matches()), detail);
    }

    private static HandshakeFailure kind(String reason, boolean alert) {
        return switch (reason) {
            case "UNSUPPORTED_PROTOCOL",
                    "TLSV1_ALERT_PROTOCOL_VERSION",
                    "INAPPROPRIATE_FALLBACK",
                    "TLSV1_ALERT_INAPPROPRIATE_FALLBACK",
                    "UNKNOWN_SSL_VERSION",
                    "WRONG_SSL_VERSION",
                    "NO_SUPPORTED_VERSIONS_ENABLED" -> HandshakeFailure.VERSION_REFUSED;
            // handshake_failure: "unable to negotiate an acceptable set of security parameters" (RFC 8446 §6.2).
            case "NO_SHARED_CIPHER",
                    "NO_SHARED_GROUP",
                    "NO_COMMON_SIGNATURE_ALGORITHMS",
                    "WRONG_CIPHER_RETURNED",
                    "SSLV3_ALERT_HANDSHAKE_FAILURE",
                    "TLSV1_ALERT_INSUFFICIENT_SECURITY",
                    "WRONG_CURVE" -> HandshakeFailure.NO_SHARED_CIPHER;
            case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST" -> HandshakeFailure.NOT_TLS;
            default -> alert ? HandshakeFailure.ALERT : HandshakeFailure.OTHER;
        };
    }

    private static String printable(String text) {
        String cut = text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
