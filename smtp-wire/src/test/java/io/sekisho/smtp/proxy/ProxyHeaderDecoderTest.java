package io.sekisho.smtp.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.smtp.Chunks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderDecoderTest {

    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String V4 = "\u00c0\0\2\7" + "\u00cb\0\161\1" + "\u00c3\120" + "\0\31";
    private static final String V6 =
            " \1\r\u00b8" + "\0".repeat(11) + "\7" + " \1\r\u00b8" + "\0".repeat(11) + "\1" + "\u00c3\120\0\31";

    record Result(Optional<ProxyHeader> header, String rest) {}

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 203.0.113.1 50000 25, 192.0.2.7",
        "PROXY TCP6 2001:db8::7 2001:db8::1 50000 25, 2001:db8::7",
        "PROXY TCP6 ::ffff:192.0.2.7 ::ffff:203.0.113.1 1 65535, 192.0.2.7"
    })
    void readsVersionOne(String line, String client) {
        assertThat(decode(line + "\r\n" + "EHLO x\r\n"))
                .isEqualTo(new Result(Optional.of(new ProxyHeader.Forwarded(IpAddress.parse(client))), "EHLO x\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535"})
    void readsUnknown(String line) {
        assertThat(decode(line + "\r\nrest")).isEqualTo(new Result(Optional.of(new ProxyHeader.Unnamed()), "rest"));
    }

    @Test
    void readsVersionTwo() {
        assertThat(decode(two(0x21, 0x11, V4) + "EHLO")).isEqualTo(forwarded("192.0.2.7", "EHLO"));
        assertThat(decode(two(0x21, 0x21, V6) + "EHLO")).isEqualTo(forwarded("2001:db8::7", "EHLO"));
        assertThat(decode(two(0x21, 0x11, V4 + "\3\0\4crc!"))).isEqualTo(forwarded("192.0.2.7", ""));
    }

    @Test
    void readsLocalAndWhatHasNoIpAddress() {
        Result unnamed = new Result(Optional.of(new ProxyHeader.Unnamed()), "x");

        assertThat(decode(two(0x20, 0x00, "") + "x")).isEqualTo(unnamed);
        assertThat(decode(two(0x20, 0x11, V4) + "x")).isEqualTo(unnamed);
        assertThat(decode(two(0x21, 0x00, "") + "x")).isEqualTo(unnamed);
        assertThat(decode(two(0x21, 0x31, "\0".repeat(216)) + "x")).isEqualTo(unnamed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO client.example\r\n",
                "\u0016\3\1",
                "proxy TCP4 192.0.2.7 203.0.113.1 50000 25\r\n",
                "PROXYTCP4",
                "PROXY TCP4 192.0.2.7 203.0.113.1 50000\r\n",
                "PROXY TCP4 192.0.2.7 203.0.113.1 50000 25 \r\n",
                "PROXY TCP4  192.0.2.7 203.0.113.1 50000 25\r\n",
                "PROXY TCP4 192.0.2.7 203.0.113.1 50000 25\n",
                "PROXY TCP4 192.0.2.7 203.0.113.1 65536 25\r\n",
                "PROXY TCP4 192.0.2.7 203.0.113.1 -1 25\r\n",
                "PROXY TCP4 2001:db8::7 203.0.113.1 50000 25\r\n",
                "PROXY TCP6 192.0.2.7 203.0.113.1 50000 25\r\n",
                "PROXY TCP4 host.example 203.0.113.1 50000 25\r\n",
                "PROXY UDP4 192.0.2.7 203.0.113.1 50000 25\r\n",
                "PROXY \r\n",
                "\r\n\r\nEHLO"
            })
    void dropsWhatIsNoHeader(String octets) {
        assertThat(decode(octets).header()).containsInstanceOf(ProxyHeader.Malformed.class);
    }

    @Test
    void dropsWhatIsNoHeaderOfVersionTwo() {
        assertMalformed(two(0x11, 0x11, V4));
        assertMalformed(two(0x22, 0x11, V4));
        assertMalformed(two(0x21, 0x12, V4));
        assertMalformed(two(0x21, 0x11, V4.substring(1)));
        assertMalformed(two(0x21, 0x21, V4));
        assertMalformed(SIGNATURE + "!\u0011\u00ff\u00ff");
    }

    @Test
    void dropsALineThatDoesNotEnd() {
        assertMalformed("PROXY UNKNOWN " + "x".repeat(200));
    }

    @Test
    void waitsForTheRest() {
        assertThat(decode("PROXY TCP4 192.0.2.7").header()).isEmpty();
        assertThat(decode(SIGNATURE + "!").header()).isEmpty();
        assertThat(decode("").header()).isEmpty();
    }

    @Test
    void decidesAboutWhateverComes() {
        Random random = new Random(7_6_5);
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            String start = round % 2 == 0 ? SIGNATURE : "PROXY ";
            ByteBuffer input = ByteBuffer.wrap(Chunks.octets(start + new String(octets, StandardCharsets.ISO_8859_1)));
            Optional<ProxyHeader> header = new ProxyHeaderDecoder().decode(input);
            assertThat(header.isPresent() || !input.hasRemaining()).isTrue();
        }
    }

    private static void assertMalformed(String octets) {
        assertThat(decode(octets).header()).containsInstanceOf(ProxyHeader.Malformed.class);
    }

    private static Result forwarded(String client, String rest) {
        return new Result(Optional.of(new ProxyHeader.Forwarded(IpAddress.parse(client))), rest);
    }

    private static String two(int command, int family, String rest) {
        return SIGNATURE
                + (char) command
                + (char) family
                + (char) (rest.length() >> 8)
                + (char) (rest.length() & 0xff)
                + rest;
    }

    private static Result decode(String sent) {
        List<List<ByteBuffer>> ways = Chunks.waysToCut(Chunks.octets(sent));
        Result whole = decode(ways.getFirst());
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(decode(way)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static Result decode(List<ByteBuffer> pieces) {
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
        Optional<ProxyHeader> header = Optional.empty();
        StringBuilder rest = new StringBuilder();
        for (ByteBuffer piece : pieces) {
            if (header.isEmpty()) {
                header = decoder.decode(piece);
            }
            rest.append(StandardCharsets.ISO_8859_1.decode(piece));
        }
        // What follows a header that is none belongs to nobody.
        return new Result(
                header, header.filter(ProxyHeader.Malformed.class::isInstance).isPresent() ? "" : rest.toString());
    }
}
