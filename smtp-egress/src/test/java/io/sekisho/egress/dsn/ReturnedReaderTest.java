package io.sekisho.egress.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.content.InlineContent;
import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.MessageContent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReturnedReaderTest {

    private static final String HEADERS = "From: a@b.example\r\nSubject: x\r\n";

    @Test
    void returnsASmallMessageWhole() {
        assertThat(read(HEADERS + "\r\nbody\r\n", ReturnedExtent.WHOLE_IF_SMALL))
                .isInstanceOfSatisfying(
                        ReturnedContent.Whole.class,
                        whole -> assertThat(text(whole.bytes())).isEqualTo(HEADERS + "\r\nbody\r\n"));
    }

    @Test
    void returnsHeadersWhereNoMoreIsAllowed() {
        assertHeaders(read(HEADERS + "\r\nbody\r\n", ReturnedExtent.HEADERS));
    }

    @Test
    void returnsTheHeadersOfALargeMessage() {
        assertHeaders(read(HEADERS + "\r\n" + "line\r\n".repeat(30_000), ReturnedExtent.WHOLE_IF_SMALL));
    }

    @Test
    void returnsTheHeadersOfAMessageThatIsNotSevenBit() {
        assertHeaders(read(HEADERS + "\r\nGrüße\r\n", ReturnedExtent.WHOLE_IF_SMALL));
        assertHeaders(read(HEADERS + "\r\n" + "x".repeat(2_000) + "\r\n", ReturnedExtent.WHOLE_IF_SMALL));
    }

    @Test
    void boundsHeadersWithoutAnEnd() {
        ReturnedContent returned = read("X: y\r\n".repeat(50_000), ReturnedExtent.HEADERS);
        assertThat(((ReturnedContent.Headers) returned).bytes()).hasSize(ReturnedReader.HEADERS_LIMIT);
    }

    @Test
    void returnsNothingOfLostContent() {
        MessageContent lost = new MessageContent() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public int parts() {
                return 1;
            }

            @Override
            public Uni<Buffer> part(int index) {
                return Uni.createFrom().failure(new ContentUnavailable("gone"));
            }
        };
        assertThat(ReturnedReader.read(lost, ReturnedExtent.HEADERS).await().atMost(Duration.ofSeconds(5)))
                .isInstanceOf(ReturnedContent.Nothing.class);
    }

    private static ReturnedContent read(String message, ReturnedExtent extent) {
        return ReturnedReader.read(new InlineContent(message.getBytes(StandardCharsets.UTF_8)), extent)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private static void assertHeaders(ReturnedContent returned) {
        assertThat(text(((ReturnedContent.Headers) returned).bytes())).isEqualTo(HEADERS);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
