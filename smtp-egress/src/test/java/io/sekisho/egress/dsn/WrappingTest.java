package io.sekisho.egress.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingTest {

    @Test
    void breaksBetweenWords() {
        String text = "word ".repeat(40).strip();
        String wrapped = Wrapping.paragraph("    ", text);
        assertThat(wrapped.lines())
                .allSatisfy(line -> assertThat(line).startsWith("    w").hasSizeLessThanOrEqualTo(76));
        assertThat(wrapped.replaceAll("\\s+", " ").strip()).isEqualTo(text);
    }

    @Test
    void breaksJapaneseWithoutSpacesButNotBeforeAFullStop() {
        String wrapped = Wrapping.paragraph("", "あ".repeat(38) + "。" + "いう。".repeat(30));
        assertThat(wrapped.lines())
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(39).doesNotStartWith("。"));
        assertThat(wrapped.replace("\r\n", "")).isEqualTo("あ".repeat(38) + "。" + "いう。".repeat(30));
    }

    @Test
    void keepsTheSpacesAroundWordsInJapanese() {
        assertThat(Wrapping.paragraph("", "ゲートウェイ gw.example からのTLSです。")).isEqualTo("ゲートウェイ gw.example からのTLSです。\r\n");
    }

    @Test
    void leavesAWordThatIsTooLongWhole() {
        assertThat(Wrapping.paragraph("  ", "a " + "x".repeat(200))).isEqualTo("  a\r\n  " + "x".repeat(200) + "\r\n");
    }

    @Test
    void encodesASubjectInWordsOfWholeCharacters() throws Exception {
        String subject = "配信不能通知: メールを配信できませんでした".repeat(3);
        String encoded = EncodedWords.of(subject);
        assertThat(encoded.split(" ")).allSatisfy(word -> assertThat(word).hasSizeLessThanOrEqualTo(75));
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(encoded)).isEqualTo(subject);
        assertThat(EncodedWords.of("plain")).isEqualTo("plain");
    }
}
