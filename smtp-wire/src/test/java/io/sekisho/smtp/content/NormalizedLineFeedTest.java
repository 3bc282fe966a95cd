package io.sekisho.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of a client that ends lines with LF alone, taken as {@link BareLf#NORMALIZE} says. */
class NormalizedLineFeedTest {

    record Result(String content, boolean ended, Optional<LineEndViolation> violation, long octets) {}

    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\n.\r\n', 'a\r\nb\r\n'",
        "'a\n\nb\n\r\n.\r\n', 'a\r\n\r\nb\r\n\r\n'",
        // Dots are transparent at the beginning of every line, however the one before it ended.
        "'a\n..b\r\n.\r\n', 'a\r\n.b\r\n'",
        "'a\n...\n\r\n.\r\n', 'a\r\n..\r\n\r\n'",
        // A line of one dot is text unless both its ends are CRLF.
        "'a\n.\r\nb\r\n.\r\n', 'a\r\n.\r\nb\r\n'",
        "'a\n.\nb\r\n.\r\n', 'a\r\n.\r\nb\r\n'",
        "'a\r\n.\nb\r\n.\r\n', 'a\r\n.\r\nb\r\n'",
        "'.\n.\r\n.\r\n', '.\r\n.\r\n'",
        "'\n\r\n.\r\n', '\r\n\r\n'"
    })
    void endsALineOfData(String sent, String content) {
        assertThat(dataEveryWay(sent)).isEqualTo(new Result(content, true, Optional.empty(), content.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\n.\n", "a\n.\r\n", "a\r\n.\n", "a\r\n.\r", "a\n.\r", ".\n", "\n.\r\n", "\n.\n", "a\n\n.\r\n"})
    void isNoPartOfTheEndOfData(String almost) {
        String second = "MAIL FROM:<smuggled@evil.example>\r\n";

        Result result = dataEveryWay(almost + second);

        assertThat(result.ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb\r\n", "a\n\rb\r\n", "a\n.\rb\r\n", "a\r\r\n"})
    void excusesNoCarriageReturn(String sent) {
        assertThat(dataEveryWay(sent + ".\r\n").violation()).contains(LineEndViolation.BARE_CR);
        assertThat(chunkEveryWay(sent).violation()).contains(LineEndViolation.BARE_CR);
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\n', 'a\r\nb\r\n'",
        "'a\n.\n..b\n', 'a\r\n.\r\n..b\r\n'",
        "'\n\n', '\r\n\r\n'",
        "'a\nb', 'a\r\nb\r\n'"
    })
    void endsALineOfAChunk(String sent, String content) {
        assertThat(chunkEveryWay(sent)).isEqualTo(new Result(content, true, Optional.empty(), content.length()));
    }

    @Test
    void isCountedAsTwoOctetsInTheLongestLine() {
        DotDecoder decoder = new DotDecoder(BareLf.NORMALIZE);

        decoder.decode(ByteBuffer.wrap(Chunks.octets("abc\n.\r\n\r\n.\r\n")), octets -> {});

        assertThat(decoder.longestLine()).isEqualTo(5);
    }

    private static Result dataEveryWay(String sent) {
        Set<Result> results = new HashSet<>();
        for (List<ByteBuffer> pieces : Chunks.waysToCut(Chunks.octets(sent))) {
            DotDecoder decoder = new DotDecoder(BareLf.NORMALIZE);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            pieces.forEach(piece -> decoder.decode(piece, octets -> append(content, octets)));
            results.add(new Result(text(content), decoder.hasEnded(), decoder.violation(), decoder.octets()));
        }
        assertThat(results).hasSize(1);
        return results.iterator().next();
    }

    private static Result chunkEveryWay(String sent) {
        Set<Result> results = new HashSet<>();
        byte[] octets = Chunks.octets(sent);
        for (List<ByteBuffer> pieces : Chunks.waysToCut(octets)) {
            ChunkDecoder decoder = new ChunkDecoder(BareLf.NORMALIZE);
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            decoder.begin(octets.length);
            boolean whole = false;
            for (ByteBuffer piece : pieces) {
                whole = decoder.decode(piece, some -> append(content, some));
            }
            decoder.finish(some -> append(content, some));
            results.add(new Result(text(content), whole, decoder.violation(), decoder.octets()));
        }
        assertThat(results).hasSize(1);
        return results.iterator().next();
    }

    private static void append(ByteArrayOutputStream content, ByteBuffer octets) {
        byte[] copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        content.writeBytes(copy);
    }

    private static String text(ByteArrayOutputStream content) {
        return content.toString(StandardCharsets.ISO_8859_1);
    }
}
