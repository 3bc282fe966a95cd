package io.sekisho.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadMessageTest {

    @Test
    void hasTheSizeThatWasAskedForAndOneFinalDot() {
        for (int size : new int[] {200, 201, 202, 279, 280, 281, 10_240}) {
            String content = new String(
                    LoadMessage.of("a@one.example", "b@two.example", size).content(), StandardCharsets.US_ASCII);

            assertThat(content.length() - ".\r\n".length()).isBetween(size, size + 1);
            assertThat(content).endsWith("\r\n.\r\n").containsOnlyOnce("\r\n.\r\n");
        }
    }
}
