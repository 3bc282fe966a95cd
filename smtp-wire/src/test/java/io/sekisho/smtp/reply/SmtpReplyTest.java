package io.sekisho.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyTest {

    @Test
    void rendersOneLine() {
        assertThat(SmtpReply.of(550, EnhancedStatus.of("5.7.10"), "TLS required")
                        .render())
                .isEqualTo("550 5.7.10 TLS required\r\n");
    }

    @Test
    void rendersSeveralLinesWithTheStatusOnEach() {
        assertThat(SmtpReply.of(451, EnhancedStatus.of("4.3.0"), "one", "two").render())
                .isEqualTo("451-4.3.0 one\r\n451 4.3.0 two\r\n");
    }

    @ParameterizedTest
    @CsvSource({"250, 5.1.1", "550, 4.1.1", "451, 2.0.0", "354, 2.0.0"})
    void refusesAStatusThatContradictsTheCode(int code, String status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SmtpReply.of(code, EnhancedStatus.of(status), "text"))
                .withMessageContaining("contradicts");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 150, 600, -250})
    void refusesACodeOutsideTheProtocol(int code) {
        assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(code, "text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\n250 ok", "a\nb", "a\rb", "a\0b", "a\u0085b", "a\u2028b", "a\u007fb"})
    void letsNoTextAddALine(String hostile) {
        String wire = SmtpReply.of(550, EnhancedStatus.of("5.1.1"), hostile).render();

        assertThat(wire).endsWith("\r\n").startsWith("550 5.1.1 a?");
        assertThat(wire.substring(0, wire.length() - 2)).matches("[\\x20-\\x7e]*");
    }

    @Test
    void continuesALineTooLongForTheWire() {
        SmtpReply reply = SmtpReply.of(550, EnhancedStatus.of("5.7.10"), "word ".repeat(300), "x".repeat(1200));

        assertThat(reply.render().split("\r\n"))
                .hasSizeGreaterThan(5)
                .allSatisfy(line -> assertThat(line.length() + 2).isLessThanOrEqualTo(SmtpReply.MAX_LINE_OCTETS));
    }

    @Test
    void isBounded() {
        List<String> lines = new ArrayList<>(Collections.nCopies(SmtpReply.MAX_LINES + 1, "x"));

        assertThatIllegalArgumentException().isThrownBy(() -> new SmtpReply(250, Optional.empty(), lines));
        assertThatIllegalArgumentException().isThrownBy(() -> new SmtpReply(250, Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5.7", "5.7.10.1", "3.7.1", "6.0.0", "5.7.x", "05.7.1", "5.07.1", "5.7.1000", " 5.7.1"})
    void readsNoMalformedStatus(String text) {
        assertThat(EnhancedStatus.parse(text)).isEmpty();
    }

    @Test
    void offersKeywordsInOrder() {
        SmtpReply reply = EhloOffer.NOTHING
                .with(EhloKeyword.PIPELINING)
                .withSize(52_428_800)
                .with(EhloKeyword.EIGHTBITMIME)
                .reply("gw.example.net");

        assertThat(reply.render())
                .isEqualTo("250-gw.example.net\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n");
    }
}
