package io.sekisho.smtp.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import io.sekisho.smtp.command.CommandLine.Malformed;
import io.sekisho.smtp.command.CommandLine.Text;
import io.sekisho.smtp.command.CommandLine.TooLong;
import io.sekisho.smtp.command.CommandLine.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineDecoderTest {

    @Test
    void readsLinesOneByOne() {
        assertThat(decodeEveryWay(Chunks.octets("EHLO a\r\n\r\nQUIT\r\n")))
                .containsExactly(new Text("EHLO a"), new Text(""), new Text("QUIT"));
    }

    @ParameterizedTest
    @CsvSource({
        "'NOOP\n', BARE_LF",
        "'NO\rOP\r\n', BARE_CR",
        "'NOOP\r\r\n', BARE_CR",
        "'NO\0OP\r\n', NUL",
        "'N\0O\rOP\n', NUL",
        "'N\rO\0OP\n', BARE_CR",
        "'NO\u00ff\r\n', NOT_UTF8",
    })
    void saysWhichRuleALineBreaksAndGoesOn(String line, Violation violation) {
        assertThat(decodeEveryWay(Chunks.octets(line + "QUIT\r\n")))
                .containsExactly(new Malformed(violation), new Text("QUIT"));
    }

    @Test
    void readsUtf8() {
        assertThat(decodeEveryWay("VRFY 例え\r\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new Text("VRFY 例え"));
    }

    @Test
    void takesALineOfExactlyTheLimit() {
        String longest = "x".repeat(18);

        assertThat(decodeEveryWay(Chunks.octets(longest + "\r\n"))).containsExactly(new Text(longest));
        assertThat(decodeEveryWay(Chunks.octets(longest + "x\r\n"))).containsExactly(new TooLong(21));
    }

    @Test
    void reportsALongLineOnceAndGoesOn() {
        assertThat(decodeEveryWay(Chunks.octets("a".repeat(30) + "\0" + "b".repeat(30) + "\r\nQUIT\r\n")))
                .containsExactly(new TooLong(63), new Text("QUIT"));
    }

    @Test
    void holdsNoMoreThanTheLimitOfATwoMegabyteLine() {
        CommandLineDecoder decoder = new CommandLineDecoder();
        byte[] piece = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 32; i++) {
            assertThat(decoder.decode(ByteBuffer.wrap(piece))).isEmpty();
        }
        assertThat(decoder.pendingOctets()).isEqualTo(2 * 1024 * 1024);

        assertThat(decoder.decode(ByteBuffer.wrap(Chunks.octets("\r\n")))).contains(new TooLong(2 * 1024 * 1024 + 2));
        assertThat(decoder.decode(ByteBuffer.wrap(Chunks.octets("QUIT\r\n")))).contains(new Text("QUIT"));
    }

    @Test
    void leavesWhatFollowsALineToTheCaller() {
        ByteBuffer input = ByteBuffer.wrap(Chunks.octets("STARTTLS\r\nRSET\r\n"));

        assertThat(new CommandLineDecoder().decode(input)).contains(new Text("STARTTLS"));

        assertThat(input.remaining()).isEqualTo("RSET\r\n".length());
    }

    @Test
    void forgetsALineBegun() {
        CommandLineDecoder decoder = new CommandLineDecoder();
        decoder.decode(ByteBuffer.wrap(Chunks.octets("MAIL FROM:<a\r")));

        decoder.reset();

        assertThat(decoder.decode(ByteBuffer.wrap(Chunks.octets("EHLO b\r\n")))).contains(new Text("EHLO b"));
    }

    private static List<CommandLine> decodeEveryWay(byte[] input) {
        List<List<ByteBuffer>> ways = Chunks.waysToCut(input);
        List<CommandLine> whole = decode(ways.getFirst());
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(decode(way)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static List<CommandLine> decode(List<ByteBuffer> pieces) {
        CommandLineDecoder decoder = new CommandLineDecoder(20);
        List<CommandLine> lines = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            for (Optional<CommandLine> line = decoder.decode(piece); line.isPresent(); line = decoder.decode(piece)) {
                lines.add(line.get());
            }
        }
        return lines;
    }
}
