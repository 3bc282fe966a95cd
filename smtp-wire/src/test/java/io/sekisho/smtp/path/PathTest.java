package io.sekisho.smtp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    private static final String DOMAIN_60 = "a".repeat(60) + ".";

    @ParameterizedTest
    @CsvSource({
        // as given | mailbox
        "<a@example.com>, a@example.com",
        "<A.b+c@EXAMPLE.Com>, A.b+c@example.com",
        "<a@example.com.>, a@example.com",
        "'<@one.example,@two.example:a@three.example>', a@three.example",
        "<\"a b\"@example.com>, \"a b\"@example.com",
        "<\"a>b\"@example.com>, \"a>b\"@example.com",
        "<\"a\\\"b@c\"@example.com>, \"a\\\"b@c\"@example.com",
        "<\"\"@example.com>, \"\"@example.com",
        "<a@[192.0.2.1]>, a@[192.0.2.1]",
        "<a@[IPv6:2001:db8::1]>, a@[IPv6:2001:db8::1]",
        "<a@[ipv6:2001:DB8:0::1]>, a@[IPv6:2001:db8::1]",
        "<a..b@docomo.example>, a..b@docomo.example",
        "<a.@docomo.example>, a.@docomo.example",
        "<用例@例え.jp>, 用例@xn--r8jz45g.jp",
        "<a_b@under_score.example>, a_b@under_score.example",
        "<!#$%&'*+-/=?^_`{|}~@example.com>, !#$%&'*+-/=?^_`{|}~@example.com",
        "<postmaster@example.com>, postmaster@example.com",
    })
    void readsAMailboxInEitherPath(String given, String mailbox) {
        assertThat(ReversePath.parse(given)).isInstanceOfSatisfying(PathResult.Parsed.class, parsed -> {
            assertThat(parsed.path()).hasToString(mailbox);
            assertThat(parsed.rest()).isEmpty();
        });
        assertThat(ForwardPath.parse(given))
                .isInstanceOfSatisfying(
                        PathResult.Parsed.class,
                        parsed -> assertThat(parsed.path()).hasToString(mailbox));
        assertThat(Mailbox.tryParse(mailbox))
                .hasValueSatisfying(again -> assertThat(again).hasToString(mailbox));
    }

    @ParameterizedTest
    @CsvSource({
        "a@example.com, NO_ANGLE_BRACKETS",
        "'', NO_ANGLE_BRACKETS",
        "<, LOCAL_PART_MALFORMED",
        "<a, LOCAL_PART_MALFORMED",
        "<a@example.com, NO_ANGLE_BRACKETS",
        "<a>, DOMAIN_MISSING",
        "<a@>, DOMAIN_MISSING",
        "<@example.com>, SOURCE_ROUTE_MALFORMED",
        "<@:a@example.com>, SOURCE_ROUTE_MALFORMED",
        "'<@one.example,two.example:a@b.example>', SOURCE_ROUTE_MALFORMED",
        "<a b@example.com>, LOCAL_PART_MALFORMED",
        "<a(c)@example.com>, LOCAL_PART_MALFORMED",
        "<a@b@example.com>, DOMAIN_MALFORMED",
        "<\"a@example.com>, LOCAL_PART_MALFORMED",
        "<\"a\\@example.com>, LOCAL_PART_MALFORMED",
        "<\"a\"b@example.com>, LOCAL_PART_MALFORMED",
        "<a@exa mple.com>, DOMAIN_MALFORMED",
        "<a@-example.com>, DOMAIN_MALFORMED",
        "<a@example..com>, DOMAIN_MALFORMED",
        "<a@192.0.2.1>, DOMAIN_MALFORMED",
        "<a@[192.0.2]>, DOMAIN_MALFORMED",
        "<a@[192.0.2.1>, DOMAIN_MALFORMED",
        "<a@[2001:db8::1]>, DOMAIN_MALFORMED",
        "<a@[IPv6:192.0.2.1]>, DOMAIN_MALFORMED",
        "<a@[tag:x]>, DOMAIN_MALFORMED",
        "<a@[]>, DOMAIN_MALFORMED",
    })
    void saysWhatIsWrongWithAPath(String given, PathFault fault) {
        assertThat(ReversePath.parse(given)).isEqualTo(new PathResult.Refused<>(fault));
        assertThat(ForwardPath.parse(given)).isEqualTo(new PathResult.Refused<>(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\0", "\t", "\u007f", "\u0085", "\u2028"})
    void takesNoControlCharacterAnywhere(String control) {
        for (String given : new String[] {
            "<a" + control + "@example.com>",
            "<\"a" + control + "\"@example.com>",
            "<\"a\\" + control + "\"@b.example>",
            "<a@exam" + control + "ple.com>"
        }) {
            assertThat(ReversePath.parse(given)).isInstanceOf(PathResult.Refused.class);
        }
    }

    @Test
    void readsTheNullPathAsReversePathOnly() {
        assertThat(ReversePath.parse("<> SIZE=1"))
                .isEqualTo(new PathResult.Parsed<>(new ReversePath.Null(), " SIZE=1"));
        assertThat(ForwardPath.parse("<>")).isEqualTo(new PathResult.Refused<>(PathFault.NULL_PATH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<postmaster>", "<PostMaster>"})
    void readsPostmasterWithoutDomainAsForwardPathOnly(String given) {
        assertThat(ForwardPath.parse(given)).isEqualTo(new PathResult.Parsed<>(new ForwardPath.Postmaster(), ""));
        assertThat(ReversePath.parse(given)).isEqualTo(new PathResult.Refused<>(PathFault.DOMAIN_MISSING));
    }

    @Test
    void takesALocalPartOf64OctetsAndNoMore() {
        assertThat(ForwardPath.parse("<" + "x".repeat(64) + "@b.example>")).isInstanceOf(PathResult.Parsed.class);
        assertThat(ForwardPath.parse("<" + "x".repeat(65) + "@b.example>"))
                .isEqualTo(new PathResult.Refused<>(PathFault.LOCAL_PART_TOO_LONG));
        assertThat(ForwardPath.parse("<" + "用".repeat(22) + "@b.example>"))
                .isEqualTo(new PathResult.Refused<>(PathFault.LOCAL_PART_TOO_LONG));
    }

    @Test
    void takesAPathOf256OctetsAndNoMore() {
        String domain = DOMAIN_60.repeat(3) + "b".repeat(60) + ".example";
        int room = 256 - "<@>".length() - domain.length();

        assertThat(ForwardPath.parse("<" + "x".repeat(room) + "@" + domain + ">"))
                .isInstanceOf(PathResult.Parsed.class);
        assertThat(ForwardPath.parse("<" + "x".repeat(room + 1) + "@" + domain + ">"))
                .isEqualTo(new PathResult.Refused<>(PathFault.PATH_TOO_LONG));
    }

    @Test
    void knowsWhichAddressesNeedSmtpUtf8() {
        assertThat(Mailbox.tryParse("用@b.example").orElseThrow().needsSmtpUtf8())
                .isTrue();
        assertThat(Mailbox.tryParse("a@例え.jp").orElseThrow().needsSmtpUtf8()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "<a@b.example>",
                "a@b.example>",
                "@one.example:a@b.example",
                "a@b.example> x",
                "postmaster"
            })
    void readsNoOtherTextAsAMailbox(String text) {
        assertThat(Mailbox.tryParse(text)).isEmpty();
    }

    @Test
    void cannotBeBuiltFromWhatWouldEndACommand() {
        MailboxDomain domain = MailboxDomain.parse("b.example").orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> new Mailbox("a>\r\nDATA", domain));
    }
}
