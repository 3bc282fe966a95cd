package io.sekisho.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkDecoderTest {

    record Result(String content, Optional<LineEndViolation> violation, long octets, boolean eightBit) {}

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "'a\r\n', 'a\r\n'",
        "'a', 'a\r\n'",
        "'a\r\nb', 'a\r\nb\r\n'",
        "'\r\n', '\r\n'",
        "'.\r\n', '.\r\n'",
        "'a\r\n.\r\nb\r\n..c\r\n', 'a\r\n.\r\nb\r\n..c\r\n'",
        "'.', '.\r\n'",
        "'a\0b', 'a\0b\r\n'"
    })
    void handsLinesOnAndEndsTheLastOne(String sent, String content) {
        assertThat(decodeEveryWay(sent)).isEqualTo(new Result(content, Optional.empty(), content.length(), false));
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\n', 'a', BARE_LF",
        "'a\rb\r\n', 'a\r', BARE_CR",
        "'a\r\r\n', 'a\r', BARE_CR",
        "'a\r\n\nb', 'a\r\n', BARE_LF",
        "'a\r', 'a\r', BARE_CR",
        "'\n', '', BARE_LF",
        "'\n.\n', '', BARE_LF",
        "'x\r\n.\n', 'x\r\n.', BARE_LF",
        "'\r.\r', '\r', BARE_CR",
        "'a\rb\nc', 'a\r', BARE_CR"
    })
    void reportsABareCrOrLfAndReadsOnToTheEndOfTheChunk(String sent, String content, LineEndViolation violation) {
        assertThat(decodeEveryWay(sent)).isEqualTo(new Result(content, Optional.of(violation), sent.length(), false));
    }

    @Test
    void saysWhetherAnOctetHadEightBits() {
        assertThat(decodeEveryWay("gr\u00fc\u00dfe\r\n").eightBit()).isTrue();
        assertThat(decodeEveryWay("\u00fc").eightBit()).isTrue();
    }

    @Test
    void givesTheSameWhereverTheChunksAreCut() {
        String sent = "Subject: x\r\n\r\n.\r\n..\r\nlast";
        for (int at = 0; at <= sent.length(); at++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            ChunkDecoder decoder = new ChunkDecoder();
            decode(decoder, sent.substring(0, at), content);
            decode(decoder, "", content);
            decode(decoder, sent.substring(at), content);
            decoder.finish(octets -> write(octets, content));

            assertThat(content.toString(StandardCharsets.ISO_8859_1))
                    .as("cut at %d", at)
                    .isEqualTo(sent + "\r\n");
            assertThat(decoder.violation()).isEmpty();
        }
    }

    @Test
    void leavesWhatFollowsTheChunk() {
        ByteBuffer input = ByteBuffer.wrap(Chunks.octets("abcNOOP\r\n"));
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.begin(3);

        assertThat(decoder.decode(input, octets -> {})).isTrue();
        assertThat(input.remaining()).isEqualTo("NOOP\r\n".length());
    }

    private static Result decodeEveryWay(String sent) {
        byte[] octets = Chunks.octets(sent);
        List<List<ByteBuffer>> ways = Chunks.waysToCut(octets);
        Result whole = decode(ways.getFirst(), octets.length);
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(decode(way, octets.length)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static Result decode(List<ByteBuffer> pieces, int length) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ChunkDecoder decoder = new ChunkDecoder();
        decoder.begin(length);
        boolean whole = false;
        for (ByteBuffer piece : pieces) {
            whole = decoder.decode(piece, octets -> write(octets, content));
        }
        assertThat(whole).isTrue();
        decoder.finish(octets -> write(octets, content));
        return new Result(
                content.toString(StandardCharsets.ISO_8859_1),
                decoder.violation(),
                decoder.octets(),
                decoder.isEightBit());
    }

    private static void decode(ChunkDecoder decoder, String chunk, ByteArrayOutputStream content) {
        decoder.begin(chunk.length());
        assertThat(decoder.decode(ByteBuffer.wrap(Chunks.octets(chunk)), octets -> write(octets, content)))
                .isTrue();
    }

    private static void write(ByteBuffer octets, ByteArrayOutputStream into) {
        byte[] copy = new byte[octets.remaining()];
        octets.get(copy);
        into.writeBytes(copy);
    }
}
