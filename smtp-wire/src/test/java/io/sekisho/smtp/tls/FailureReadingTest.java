package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureReadingTest {

    @ParameterizedTest
    @CsvSource({
        "UNSUPPORTED_PROTOCOL, VERSION_REFUSED, unsupported protocol",
        "TLSV1_ALERT_PROTOCOL_VERSION, VERSION_REFUSED, alert protocol version",
        "INAPPROPRIATE_FALLBACK, VERSION_REFUSED, inappropriate fallback",
        "TLSV1_ALERT_INAPPROPRIATE_FALLBACK, VERSION_REFUSED, alert inappropriate fallback",
        "UNKNOWN_SSL_VERSION, VERSION_REFUSED, unknown ssl version",
        "WRONG_SSL_VERSION, VERSION_REFUSED, wrong ssl version",
        "NO_SUPPORTED_VERSIONS_ENABLED, VERSION_REFUSED, no supported versions enabled",
        "NO_SHARED_CIPHER, NO_SHARED_CIPHER, no shared cipher",
        "NO_SHARED_GROUP, NO_SHARED_CIPHER, no shared group",
        "NO_COMMON_SIGNATURE_ALGORITHMS, NO_SHARED_CIPHER, no common signature algorithms",
        "WRONG_CIPHER_RETURNED, NO_SHARED_CIPHER, wrong cipher returned",
        "WRONG_CURVE, NO_SHARED_CIPHER, wrong curve",
        "SSLV3_ALERT_HANDSHAKE_FAILURE, NO_SHARED_CIPHER, alert handshake failure",
        "TLSV1_ALERT_INSUFFICIENT_SECURITY, NO_SHARED_CIPHER, alert insufficient security",
        "WRONG_VERSION_NUMBER, NOT_TLS, wrong version number",
        "HTTP_REQUEST, NOT_TLS, http request",
        "HTTPS_PROXY_REQUEST, NOT_TLS, https proxy request",
        "SSLV3_ALERT_BAD_CERTIFICATE, ALERT, alert bad certificate",
        "TLSV1_ALERT_UNKNOWN_CA, ALERT, alert unknown ca",
        "TLSV1_ALERT_INTERNAL_ERROR, ALERT, alert internal error",
        "BAD_DECRYPT, OTHER, bad decrypt",
    })
    void readsTheReasonsOfBoringSsl(String reason, HandshakeFailure failure, String detail) {
        Throwable thrown = new DecoderException(
                new SSLHandshakeException("error:10000000:SSL routines:OPENSSL_internal:" + reason));

        assertThat(FailureReading.read(thrown))
                .isEqualTo(new HandshakeResult.Failed(failure, failure.phrase() + ": " + detail));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(new SslHandshakeTimeoutException("after 1 s"), HandshakeFailure.TIMED_OUT),
                Arguments.of(new DecoderException(new NotSslRecordException("16030")), HandshakeFailure.NOT_TLS),
                Arguments.of(new ClosedChannelException(), HandshakeFailure.CLOSED),
                Arguments.of(new IOException("Connection reset by peer"), HandshakeFailure.CLOSED),
                Arguments.of(new SSLException("something new"), HandshakeFailure.OTHER),
                Arguments.of(new IllegalStateException(), HandshakeFailure.OTHER));
    }

    @ParameterizedTest
    @MethodSource("others")
    void readsWhatElseIsThrown(Throwable thrown, HandshakeFailure failure) {
        assertThat(FailureReading.read(thrown).failure()).isEqualTo(failure);
        assertThat(FailureReading.read(thrown).detail()).startsWith(failure.phrase());
    }

    @Test
    void keepsTheDetailShortAndPrintable() {
        String detail = FailureReading.read(new SSLException("a\r\nb\u0000é" + "x".repeat(10_000)))
                .detail();

        assertThat(detail).hasSizeLessThan(400).matches("[\\x20-\\x7e]+").contains("a??b??x");
    }
}
