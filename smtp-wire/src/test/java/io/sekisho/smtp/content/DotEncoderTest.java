package io.sekisho.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEncoderTest {

    record Result(String wire, Optional<LineEndViolation> violation) {}

    @ParameterizedTest
    @CsvSource({
        "'', '.\r\n'",
        "'a\r\n', 'a\r\n.\r\n'",
        "'a', 'a\r\n.\r\n'",
        "'.\r\n', '..\r\n.\r\n'",
        "'.', '..\r\n.\r\n'",
        "'a\r\n.\r\nb\r\n', 'a\r\n..\r\nb\r\n.\r\n'",
        "'a\r\n..b\r\n', 'a\r\n...b\r\n.\r\n'",
        "'a.b\r\n\r\n.c\r\n', 'a.b\r\n\r\n..c\r\n.\r\n'",
    })
    void addsDotsAndTheEnd(String content, String wire) {
        assertThat(encodeEveryWay(content)).isEqualTo(new Result(wire, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "'a\nb\r\n', 'a', BARE_LF",
        "'a\rb\r\n', 'a', BARE_CR",
        "'a\r\r\n', 'a', BARE_CR",
        "'a\r\n\nb', 'a\r\n', BARE_LF",
        "'a\r', 'a', BARE_CR",
        "'\n', '', BARE_LF",
        "'a\r\n.\rb\r\n', 'a\r\n..', BARE_CR",
        "'a\rb\nc', 'a', BARE_CR",
    })
    void stopsBeforeABareCrOrLfAndNeverEnds(String content, String wire, LineEndViolation violation) {
        assertThat(encodeEveryWay(content)).isEqualTo(new Result(wire, Optional.of(violation)));
    }

    private static Result encodeEveryWay(String content) {
        List<List<ByteBuffer>> ways = Chunks.waysToCut(Chunks.octets(content));
        Result whole = encode(ways.getFirst());
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(encode(way)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static Result encode(List<ByteBuffer> pieces) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        DotEncoder encoder = new DotEncoder();
        for (ByteBuffer piece : pieces) {
            encoder.encode(piece, slice -> write(slice, wire));
            assertThat(piece.hasRemaining()).isFalse();
        }
        Optional<LineEndViolation> violation = encoder.finish(slice -> write(slice, wire));
        return new Result(wire.toString(StandardCharsets.ISO_8859_1), violation);
    }

    private static void write(ByteBuffer slice, ByteArrayOutputStream into) {
        while (slice.hasRemaining()) {
            into.write(slice.get());
        }
    }
}
