package io.sekisho.smtp.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.smtp.trace.TransmissionType.Addresses;
import io.sekisho.smtp.trace.TransmissionType.Channel;
import io.sekisho.smtp.trace.TransmissionType.Greeting;
import io.sekisho.smtp.trace.TransmissionType.Login;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedFieldTest {

    private static final TlsFacts TLS = new TlsFacts(
            "TLSv1.3", Optional.of("TLS_AES_256_GCM_SHA384"), Optional.of("X25519MLKEM768"), Optional.empty());

    @Test
    void showsAGreetingInALabels() {
        assertThat(field("例え.example", "192.0.2.1", TLS, Optional.empty()))
                .startsWith("Received: from xn--r8jz45g.example ([192.0.2.1])\r\n")
                .isASCII();
    }

    @Test
    void tellsWhoWhereHowAndWhen() {
        assertThat(field("mail.example.com", "192.0.2.1", TLS, Optional.of("a@b.example")))
                .isEqualTo("""
                        Received: from mail.example.com ([192.0.2.1])
                         by gw.example.net (Sekisho) with ESMTPS
                         (TLSv1.3:TLS_AES_256_GCM_SHA384:X25519MLKEM768)
                         id 0190a6e0-0000-7000-8000-000000000001
                         for <a@b.example>;
                         Fri, 3 Apr 2026 09:05:06 +0000
                        """.replace("\n", "\r\n"));
    }

    @Test
    void leavesOutWhatThereIsNot() {
        assertThat(field("[IPv6:2001:db8::1]", "2001:db8::1", TlsFacts.NONE, Optional.empty()))
                .startsWith("Received: from [IPv6:2001:db8::1] ([IPv6:2001:db8::1])\r\n by ")
                .doesNotContain("for <", "TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a) (b", "a\\", "a\0b", "", "a\u0085b", "x y"})
    void isNotBrokenByWhatAClientSays(String hostile) {
        String field = field(hostile, "192.0.2.1", TLS, Optional.of(hostile));

        assertThat(field.split("\r\n"))
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).matches("(Received:| )[\\x20-\\x7e]*"));
        assertThat(field.chars().filter(c -> c == '(').count())
                .isEqualTo(field.chars().filter(c -> c == ')').count());
        assertThat(field).startsWith("Received: from ");
    }

    @ParameterizedTest
    @CsvSource({
        "HELO, PLAIN, ANONYMOUS, ASCII, SMTP",
        "HELO, TLS, ANONYMOUS, ASCII, SMTP",
        "EHLO, PLAIN, ANONYMOUS, ASCII, ESMTP",
        "EHLO, TLS, ANONYMOUS, ASCII, ESMTPS",
        "EHLO, PLAIN, AUTHENTICATED, ASCII, ESMTPA",
        "EHLO, TLS, AUTHENTICATED, ASCII, ESMTPSA",
        "EHLO, PLAIN, ANONYMOUS, SMTPUTF8, UTF8SMTP",
        "EHLO, TLS, ANONYMOUS, SMTPUTF8, UTF8SMTPS",
        "EHLO, PLAIN, AUTHENTICATED, SMTPUTF8, UTF8SMTPA",
        "EHLO, TLS, AUTHENTICATED, SMTPUTF8, UTF8SMTPSA",
    })
    void namesTheTransmissionType(
            Greeting greeting, Channel channel, Login login, Addresses addresses, TransmissionType type) {
        assertThat(TransmissionType.of(greeting, channel, login, addresses)).isEqualTo(type);
    }

    private static String field(String greetedAs, String address, TlsFacts tls, Optional<String> recipient) {
        return new ReceivedField(
                        greetedAs,
                        IpAddress.parse(address),
                        "gw.example.net",
                        TransmissionType.ESMTPS,
                        tls,
                        "0190a6e0-0000-7000-8000-000000000001",
                        recipient,
                        Instant.parse("2026-04-03T09:05:06.789Z"))
                .render();
    }
}
