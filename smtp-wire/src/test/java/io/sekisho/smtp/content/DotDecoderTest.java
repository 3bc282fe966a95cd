package io.sekisho.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotDecoderTest {

    /** All that a decoding can tell; equal for every way of cutting the input. */
    record Result(
            String content,
            boolean ended,
            String rest,
            Optional<LineEndViolation> violation,
            long octets,
            long longestLine,
            boolean eightBit) {}

    @ParameterizedTest
    @CsvSource({
        // what arrives | content | what remains as commands
        "'.\r\n', '', ''",
        "'a\r\n.\r\n', 'a\r\n', ''",
        "'a\r\n.\r\nQUIT\r\n', 'a\r\n', 'QUIT\r\n'",
        "'..\r\n.\r\n', '.\r\n', ''",
        "'...x\r\n.\r\n', '..x\r\n', ''",
        "'.x\r\n.\r\n', 'x\r\n', ''",
        "'a.\r\n.\r\n', 'a.\r\n', ''",
        "'\r\n.\r\n', '\r\n', ''",
        "'a\r\n\r\n..\r\n..b\r\n.\r\nRSET\r\n.\r\n', 'a\r\n\r\n.\r\n.b\r\n', 'RSET\r\n.\r\n'",
        "'a .\r\nb\r\n.\r\n', 'a .\r\nb\r\n', ''",
    })
    void removesDotsAndFindsTheEnd(String input, String content, String rest) {
        Result result = decodeEveryWay(input);

        assertThat(result.content()).isEqualTo(content);
        assertThat(result.rest()).isEqualTo(rest);
        assertThat(result.ended()).isTrue();
        assertThat(result.violation()).isEmpty();
        assertThat(result.octets()).isEqualTo(content.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n.\n",
                "a\n.\r\n",
                "a\r.\r\n",
                "a\r\n.\n",
                "a\r\n.\r",
                "a\r.\r",
                "a\r\n.\r\r\n",
                "a\n\r.\r\n",
                "a\r\n\0.\r\n",
                "a\r\n .\r\n",
                "a\r\n. \r\n",
                "a\r\n.\0\r\n",
                "a\r\0\n.\r\n",
                "a\u0085.\u0085",
                "a\n\n.\r\n",
                "a\r\n.x\r\n",
                ".\n",
                ".\r",
                "\n.\r\n"
            })
    void takesNothingElseForTheEnd(String almost) {
        String second = "MAIL FROM:<smuggled@evil.example>\r\n";

        Result result = decodeEveryWay(almost + second);

        assertThat(result.ended()).isFalse();
        assertThat(result.rest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\n.\r\n', BARE_LF, 'a'",
        "'a\rb\r\n.\r\n', BARE_CR, 'a'",
        "'a\r\n\nb\r\n.\r\n', BARE_LF, 'a\r\n'",
        "'a\r\r\n.\r\n', BARE_CR, 'a'",
        "'.\n.\r\nb\r\n.\r\n', BARE_LF, ''",
        "'x\r\n.\rb\r\n.\r\n', BARE_CR, 'x\r\n'",
        "'x\r\n.\r\r\n.\r\n', BARE_CR, 'x\r\n'",
        "'a\rb\nc\r\n.\r\n', BARE_CR, 'a'",
        "'a\nb\rc\r\n.\r\n', BARE_LF, 'a'",
    })
    void reportsABareCrOrLfAndStillConsumesToTheTrueEnd(String input, LineEndViolation violation, String before) {
        Result result = decodeEveryWay(input + "NOOP\r\n");

        assertThat(result.violation()).contains(violation);
        assertThat(result.content()).isEqualTo(before);
        assertThat(result.ended()).isTrue();
        assertThat(result.rest()).isEqualTo("NOOP\r\n");
    }

    @Test
    void countsOctetsAndTheLongestLineWithoutTransparencyDots() {
        String line = ".".repeat(1000);

        Result result = decodeEveryWay("." + line + "\r\nshort\r\n.\r\n");

        assertThat(result.longestLine()).isEqualTo(1002);
        assertThat(result.octets()).isEqualTo(1002 + 7);
    }

    @Test
    void saysWhetherContentIsEightBit() {
        assertThat(decodeEveryWay("caf\u00e9\r\n.\r\n").eightBit()).isTrue();
        assertThat(decodeEveryWay("cafe\r\n.\r\n").eightBit()).isFalse();
    }

    @Test
    void copiesNothingOfAPieceWithoutDots() {
        byte[] octets = Chunks.octets("one\r\ntwo\r\nthree");
        List<ByteBuffer> slices = new ArrayList<>();

        new DotDecoder().decode(ByteBuffer.wrap(octets), slices::add);

        octets[0] = '0';
        assertThat(slices)
                .singleElement()
                .satisfies(slice ->
                        assertThat(slice.get(0)).as("a view of the same memory").isEqualTo((byte) '0'));
    }

    @Test
    void decodesWhatTheEncoderWrote() {
        Random random = new Random(5321);
        for (int round = 0; round < 300; round++) {
            String content = randomContent(random);
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            DotEncoder encoder = new DotEncoder();
            assertThat(encoder.encode(ByteBuffer.wrap(Chunks.octets(content)), slice -> write(slice, wire)))
                    .isEmpty();
            assertThat(encoder.finish(slice -> write(slice, wire))).isEmpty();

            Result result = decodeEveryWay(wire.toString(StandardCharsets.ISO_8859_1));

            assertThat(result.content()).isEqualTo(content);
            assertThat(result.ended()).isTrue();
            assertThat(result.violation()).isEmpty();
        }
    }

    @Test
    void agreesWithANaiveDecoderOnHostileOctets() {
        Random random = new Random(51764);
        for (int round = 0; round < 3000; round++) {
            StringBuilder input = new StringBuilder();
            int length = random.nextInt(14);
            for (int i = 0; i < length; i++) {
                input.append("\r\n..a".charAt(random.nextInt(5)));
            }

            Result result = decodeEveryWay(input.toString());

            // The DATA command's own CRLF precedes the content.
            int end = ("\r\n" + input).indexOf("\r\n.\r\n");
            assertThat(result.ended()).as("%s", input).isEqualTo(end >= 0);
            String content = end < 0 ? input.toString() : input.substring(0, Math.max(0, end));
            assertThat(result.rest()).isEqualTo(end < 0 ? "" : input.substring(end + 3));
            boolean bare = content.replace("\r\n", "").matches("(?s).*[\r\n].*");
            if (end >= 0) {
                assertThat(result.violation().isPresent()).as("%s", input).isEqualTo(bare);
            }
            if (!bare && end >= 0) {
                String unstuffed = ("\r\n" + content).replace("\r\n.", "\r\n").substring(2);
                assertThat(result.content()).isEqualTo(unstuffed);
            }
        }
    }

    static String randomContent(Random random) {
        String[] words = {".", "..", "\r\n", "\r\n", "\r\n.", "a", "lorem ipsum", "\u00ff\0", ".\r\n"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(words[random.nextInt(words.length)]);
        }
        return text.append("\r\n").toString();
    }

    private static void write(ByteBuffer slice, ByteArrayOutputStream into) {
        byte[] octets = new byte[slice.remaining()];
        slice.get(octets);
        into.writeBytes(octets);
    }

    private static Result decodeEveryWay(String input) {
        List<List<ByteBuffer>> ways = Chunks.waysToCut(Chunks.octets(input));
        Result whole = decode(ways.getFirst());
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(decode(way)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static Result decode(List<ByteBuffer> pieces) {
        DotDecoder decoder = new DotDecoder();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (ByteBuffer piece : pieces) {
            if (!decoder.hasEnded()) {
                decoder.decode(piece, slice -> write(slice, content));
            }
            write(piece, rest);
        }
        return new Result(
                content.toString(StandardCharsets.ISO_8859_1),
                decoder.hasEnded(),
                rest.toString(StandardCharsets.ISO_8859_1),
                decoder.violation(),
                decoder.octets(),
                decoder.longestLine(),
                decoder.isEightBit());
    }
}
