package io.sekisho.smtp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.Chunks;
import io.sekisho.smtp.reply.DecodedReply.Complete;
import io.sekisho.smtp.reply.DecodedReply.Fault;
import io.sekisho.smtp.reply.DecodedReply.Malformed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyDecoderTest {

    @ParameterizedTest
    @CsvSource({
        "'250 ok\r\n', 250, '', 'ok'",
        "'250\r\n', 250, '', ''",
        "'250 2.1.0 sender ok\r\n', 250, 2.1.0, 'sender ok'",
        "'250 2.0.0\r\n', 250, 2.0.0, ''",
        "'550 4.1.1 contradicts\r\n', 550, '', '4.1.1 contradicts'",
        "'354 2.0.0 no status belongs here\r\n', 354, '', '2.0.0 no status belongs here'",
        "'220 mx.example ESMTP\n', 220, '', 'mx.example ESMTP'",
        "'550-5.7.1 one\r\n550-5.7.1 two\r\n550 5.7.1 three\r\n', 550, 5.7.1, 'one two three'",
        "'550-5.7.1 one\r\n550 two\r\n', 550, 5.7.1, 'one two'",
    })
    void readsAReply(String wire, int code, String status, String text) {
        DecodedReply decoded = onlyOne(wire);

        assertThat(decoded).isInstanceOf(Complete.class);
        SmtpReply reply = ((Complete) decoded).reply();
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status().map(EnhancedStatus::toString).orElse("")).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'hello\r\n', NO_REPLY_CODE",
        "'\r\n', NO_REPLY_CODE",
        "'25\r\n', NO_REPLY_CODE",
        "'150 x\r\n', NO_REPLY_CODE",
        "'650 x\r\n', NO_REPLY_CODE",
        "'2500 x\r\n', NO_SEPARATOR",
        "'250x\r\n', NO_SEPARATOR",
        "'250-one\r\n550 two\r\n', CODES_DIFFER",
        "'250 a\rb\r\n', CONTROL_CHARACTER",
        "'250 a\0b\r\n', CONTROL_CHARACTER",
    })
    void saysWhatIsMalformed(String wire, Fault fault) {
        assertThat(onlyOne(wire))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.fault()).isEqualTo(fault));
    }

    @Test
    void readsPipelinedRepliesOneByOne() {
        assertThat(decodeEveryWay("250 a\r\n550-b\r\n550 c\r\n354 d\r\n"))
                .extracting(decoded -> ((Complete) decoded).reply().toString())
                .containsExactly("250 a", "550 b c", "354 d");
    }

    @Test
    void leavesWhatFollowsAReplyToTheCaller() {
        ByteBuffer input = ByteBuffer.wrap(Chunks.octets("220 go\r\n250 injected\r\n"));

        assertThat(new ReplyDecoder().decode(input)).isPresent();

        assertThat(input.remaining()).isEqualTo("250 injected\r\n".length());
    }

    @Test
    void refusesALineWithoutEnd() {
        String endless = "250 " + "x".repeat(ReplyDecoder.MAX_LINE_OCTETS);

        assertThat(decode(List.of(ByteBuffer.wrap(Chunks.octets(endless)))).getFirst())
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.fault()).isEqualTo(Fault.LINE_TOO_LONG));
    }

    @Test
    void refusesAReplyWithoutEnd() {
        String endless = "250-x\r\n".repeat(10_000);

        assertThat(decode(List.of(ByteBuffer.wrap(Chunks.octets(endless)))).getFirst())
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.fault()).isEqualTo(Fault.REPLY_TOO_LONG));
    }

    @Test
    void takesTheLongestReplyItPromisesToTake() {
        String line = "x".repeat(500);
        String wire = ("250-" + line + "\r\n").repeat(SmtpReply.MAX_LINES - 1) + "250 " + line + "\r\n";

        assertThat(onlyOneOf(decode(List.of(ByteBuffer.wrap(Chunks.octets(wire))))))
                .isInstanceOfSatisfying(
                        Complete.class,
                        complete -> assertThat(complete.reply().lines())
                                .hasSize(SmtpReply.MAX_LINES)
                                .containsOnly(line));
    }

    @Test
    void takesNoLineMoreThanAReplyCanHold() {
        String wire = "250-x\r\n".repeat(SmtpReply.MAX_LINES) + "250 x\r\n";

        assertThat(onlyOneOf(decode(List.of(ByteBuffer.wrap(Chunks.octets(wire))))))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.fault()).isEqualTo(Fault.REPLY_TOO_LONG));
    }

    @Test
    void makesAReplyOrAFaultOfWhateverAServerSends() {
        Random random = new Random(5321);
        String[] pieces = {"250", "-", " ", "5.7.1", "\r", "\n", "\r\n", "x", "\0", "550", "\u00ff", "421 4.3.2 bye"};
        for (int round = 0; round < 2000; round++) {
            StringBuilder wire = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                wire.append(pieces[random.nextInt(pieces.length)]);
            }
            for (DecodedReply decoded : decodeEveryWay(wire.toString())) {
                if (decoded instanceof Complete(SmtpReply reply)) {
                    assertThat(reply.code()).isBetween(200, 599);
                    assertThat(reply.render()).doesNotContain("\0").endsWith("\r\n");
                }
            }
        }
    }

    @Test
    void knowsWhetherItIsInMidReply() {
        ReplyDecoder decoder = new ReplyDecoder();

        decoder.decode(ByteBuffer.wrap(Chunks.octets("250-a\r\n")));
        assertThat(decoder.isMidReply()).isTrue();

        decoder.decode(ByteBuffer.wrap(Chunks.octets("250 b\r\n")));
        assertThat(decoder.isMidReply()).isFalse();
    }

    @Test
    void readsWhatAServerOffers() {
        Complete reply = (Complete) onlyOne("""
                250-mx.example greets you
                250-SIZE 1000
                250-starttls
                250-8BITMIME
                250-AUTH PLAIN LOGIN
                250-
                250 CHUNKING
                """);

        EhloResponse response = EhloResponse.of(reply.reply());

        assertThat(response.greeting()).isEqualTo("mx.example greets you");
        assertThat(response.sizeLimit()).hasValue(1000);
        assertThat(response.offers(EhloKeyword.STARTTLS)).isTrue();
        assertThat(response.offers(EhloKeyword.CHUNKING)).isTrue();
        assertThat(response.offers(EhloKeyword.SMTPUTF8)).isFalse();
        assertThat(response.keywords().get("AUTH")).containsExactly("PLAIN", "LOGIN");
    }

    @ParameterizedTest
    @CsvSource({"SIZE", "SIZE 0", "SIZE x", "SIZE -1", "SIZE 99999999999999999999", "HELP"})
    void takesNoUsableSizeForNoLimit(String keyword) {
        Complete reply = (Complete) onlyOne("250-mx.example\r\n250 " + keyword + "\r\n");

        assertThat(EhloResponse.of(reply.reply()).sizeLimit()).isEmpty();
    }

    private static DecodedReply onlyOne(String wire) {
        return onlyOneOf(decodeEveryWay(wire));
    }

    private static DecodedReply onlyOneOf(List<DecodedReply> decoded) {
        assertThat(decoded).hasSize(1);
        return decoded.getFirst();
    }

    private static List<DecodedReply> decodeEveryWay(String wire) {
        List<List<ByteBuffer>> ways = Chunks.waysToCut(Chunks.octets(wire));
        List<DecodedReply> whole = decode(ways.getFirst());
        for (List<ByteBuffer> way : ways) {
            way.forEach(ByteBuffer::rewind);
            assertThat(decode(way)).as("cut as %s", way).isEqualTo(whole);
        }
        return whole;
    }

    private static List<DecodedReply> decode(List<ByteBuffer> pieces) {
        ReplyDecoder decoder = new ReplyDecoder();
        List<DecodedReply> replies = new ArrayList<>();
        for (ByteBuffer piece : pieces) {
            Optional<DecodedReply> reply = decoder.decode(piece);
            while (reply.isPresent()) {
                replies.add(reply.get());
                if (reply.get() instanceof Malformed) {
                    return replies;
                }
                reply = decoder.decode(piece);
            }
        }
        return replies;
    }
}
