package io.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.mail.address.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    record Place(DomainName after, int row) {}

    @Test
    void comesBackAsItWas() {
        Place place = new Place(DomainName.parse("example.com"), 3);
        assertThat(Cursor.decode(Cursor.encode(place), Place.class)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"after\":\"a b\",\"row\":3}",
                "{\"row\":3,\"after\":\"example.com\"}",
                "{\"after\":\"example.com\",\"row\":3,\"more\":1}",
            })
    void refusesWhatItDidNotMake(String json) {
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertRefused(text);
    }

    @Test
    void refusesAPlaceThatNoDatabaseCouldBeAskedAbout() {
        assertThatThrownBy(() -> Cursor.decode(Cursor.encode(new Named("a\0")), Named.class))
                .isInstanceOf(Refusal.class);
    }

    record Named(String id) {}

    @ParameterizedTest
    @ValueSource(strings = {"*", "not base64!", "eyJ", "=="})
    void refusesWhatIsNoBase64(String text) {
        assertRefused(text);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertRefused("e".repeat(100_000));
    }

    @Test
    void givesANextCursorOnlyWhereThereIsMore() {
        PageLimit two = new PageLimit(2);
        Page<Integer> full = Page.of(List.of(1, 2, 3), two, row -> row, row -> new Place(null, row));
        assertThat(full.items()).containsExactly(1, 2);
        assertThat(Cursor.decode(full.nextCursor(), Place.class).row()).isEqualTo(2);
        assertThat(Page.of(List.of(1, 2), two, row -> row, row -> new Place(null, row))
                        .nextCursor())
                .isNull();
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Cursor.decode(text, Place.class)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(400);
            assertThat(refusal.problem().errors().get(0).field()).isEqualTo("cursor");
        });
    }
}
