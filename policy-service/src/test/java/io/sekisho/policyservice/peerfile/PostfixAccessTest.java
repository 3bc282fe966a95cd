package io.sekisho.policyservice.peerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.policyservice.peerfile.PostfixSenderAccess.Subdomains;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostfixAccessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.example reject_plaintext_session          | 1 a.example MANDATORY; 1 *.a.example MANDATORY | 1 a.example MANDATORY",
                ".a.example reject_plaintext_session         | 1 skipped                                       | 1 *.a.example MANDATORY",
                "A.Example REJECT_PLAINTEXT_SESSION          | 1 a.example MANDATORY; 1 *.a.example MANDATORY | 1 a.example MANDATORY",
                "a.example reject_plaintext_session, permit  | 1 a.example MANDATORY; 1 *.a.example MANDATORY | 1 a.example MANDATORY",
                "a.example OK                                | 1 a.example OPPORTUNISTIC; 1 *.a.example OPPORTUNISTIC | 1 a.example OPPORTUNISTIC",
                "a.example DUNNO                             | 1 a.example OPPORTUNISTIC; 1 *.a.example OPPORTUNISTIC | 1 a.example OPPORTUNISTIC",
                "a.example REJECT spam                       | 1 fault level                                   | 1 fault level",
                "a.example warn_if_reject reject_plaintext_session | 1 fault level                            | 1 fault level",
                "a.example reject_plaintext_session, reject  | 1 fault level                                   | 1 fault level",
                "a.example permit_tls_clientcerts            | 1 fault level                                   | 1 fault level",
                "a.example                                   | 1 fault level                                   | 1 fault level",
                "anna@a.example reject_plaintext_session     | 1 fault peer                                    | 1 fault peer",
                "<> reject_plaintext_session                 | 1 fault peer                                    | 1 fault peer",
                "192.0.2.1 reject_plaintext_session          | 1 fault peer                                    | 1 fault peer",
                "a..example reject_plaintext_session         | 1 fault peer                                    | 1 fault peer",
            })
    void readsSendersAsTheirTableIsLookedUp(String line, String ofEveryDomain, String ofDottedDomains) {
        assertThat(words(PostfixSenderAccess.read(line, Subdomains.OF_EVERY_DOMAIN)))
                .isEqualTo(ofEveryDomain);
        assertThat(words(PostfixSenderAccess.read(line, Subdomains.OF_DOTTED_DOMAINS)))
                .isEqualTo(ofDottedDomains);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.0/24 reject_plaintext_session                              | 1 192.0.2.0/24 MANDATORY",
                "192.0.2.1 DUNNO/192.0.2.0/24 reject_plaintext_session              | 1 192.0.2.1 OPPORTUNISTIC; 2 192.0.2.0/24 MANDATORY",
                "192.0.2.0/24 reject_plaintext_session/192.0.2.1 DUNNO              | 1 192.0.2.0/24 MANDATORY; 2 skipped",
                "192.0.2.1 DUNNO/192.0.2.1 reject_plaintext_session                 | 1 192.0.2.1 OPPORTUNISTIC; 2 skipped",
                "2001:db8::/32 reject_plaintext_session                             | 1 2001:db8::/32 MANDATORY",
                "if 192.0.2.0/24/192.0.2.7 DUNNO/endif                              | 2 192.0.2.7 OPPORTUNISTIC",
                "if 192.0.2.0/24/0.0.0.0/0 reject_plaintext_session/endif           | 2 192.0.2.0/24 MANDATORY",
                "if 192.0.2.0/24/10.0.0.0/8 reject_plaintext_session/endif          | 2 skipped",
                "IF 10.0.0.0/8/if 10.1.0.0/16/10.0.0.0/12 DUNNO/endif/ENDIF         | 3 10.1.0.0/16 OPPORTUNISTIC",
                "!192.0.2.0/24 reject_plaintext_session                             | 1 fault peer",
                "if !192.0.2.0/24/0.0.0.0/0 reject_plaintext_session/endif          | 1 fault peer; 2 0.0.0.0/0 MANDATORY",
                "192.0.2.1/24 reject_plaintext_session                              | 1 fault peer",
                "192.0.2.0/24                                                       | 1 fault level",
                "192.0.2.0/24 REJECT                                                | 1 fault level",
                "endif                                                              | 1 fault line",
                "if 192.0.2.0/24/192.0.2.7 DUNNO                                    | 2 192.0.2.7 OPPORTUNISTIC; 2 fault line",
                "a.example reject_plaintext_session                                 | 1 fault peer",
            })
    void readsBlocksInTheirOrder(String table, String expected) {
        // A slash before a word or a block that begins anew stands for a line end.
        String text = table.replaceAll("/(?=[a-zA-Z!]|[0-9a-f]+[.:][0-9a-f.:]*(/[0-9]+)? )", "\n");
        assertThat(words(PostfixCidr.read(text))).isEqualTo(expected);
    }

    @Test
    void suggestsTheCorrectedBlock() {
        ReadLine.Unreadable line = (ReadLine.Unreadable)
                PostfixCidr.read("192.0.2.1/24 reject_plaintext_session").get(0);
        assertThat(line.faults().get(0).message()).contains("did you mean '192.0.2.0/24'?");
    }

    private static String words(List<ReadLine> lines) {
        return lines.stream()
                .map(line -> line.number() + " "
                        + switch (line) {
                            case ReadLine.Stated stated ->
                                stated.peer().peer().text() + " "
                                        + stated.peer().level();
                            case ReadLine.Skipped skipped -> "skipped";
                            case ReadLine.Unreadable unreadable ->
                                "fault " + unreadable.faults().get(0).field();
                        })
                .collect(Collectors.joining("; "));
    }
}
