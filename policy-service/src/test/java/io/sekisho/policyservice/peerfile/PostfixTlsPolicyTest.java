package io.sekisho.policyservice.peerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.warning.WarningCode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostfixTlsPolicyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com none                                     | example.com NEVER",
                "example.com may                                      | example.com OPPORTUNISTIC",
                "example.com encrypt                                  | example.com MANDATORY",
                "Example.COM ENCRYPT                                  | example.com MANDATORY",
                ".example.com encrypt                                 | *.example.com MANDATORY",
                "example.com verify                                   | example.com VERIFIED",
                "example.com verify match=hostname                    | example.com VERIFIED",
                "example.com verify match=.mx.example:mx1.example     | example.com VERIFIED *.mx.example mx1.example",
                "example.com verify match=a.example match=b.example   | example.com VERIFIED a.example b.example",
                "example.com secure                                   | example.com VERIFIED example.com *.example.com",
                "example.com secure match=nexthop                     | example.com VERIFIED example.com",
                "example.com secure match=hostname                    | example.com VERIFIED",
                "example.com secure match=Mail.Example.net::          | example.com VERIFIED mail.example.net",
                "example.com encrypt protocols=>=TLSv1.3              | example.com MANDATORY TLSv1.3",
                "example.com encrypt protocols=!SSLv2:!SSLv3          | example.com MANDATORY TLSv1",
                "example.com encrypt protocols=!SSLv2,protocols=x     | fault minimumVersion",
                "example.com encrypt protocols=TLSv1.3:TLSv1.2        | example.com MANDATORY TLSv1.2",
                "example.com encrypt protocols=tlsv1.2:tlsv1.3        | example.com MANDATORY TLSv1.2",
                "example.com may protocols=!SSLv2                     | example.com OPPORTUNISTIC",
                "example.com encrypt protocols=TLSv1.2                | fault minimumVersion",
                "example.com encrypt protocols=<=TLSv1.2              | fault minimumVersion",
                "example.com encrypt protocols=TLSv9                  | fault minimumVersion",
                "example.com encrypt protocols=SSLv2                  | fault minimumVersion",
                "[mail.example.com] encrypt                           | fault peer",
                "[mail.example.com]:587 encrypt                       | fault peer",
                "example.com:587 encrypt                              | fault peer",
                "[192.0.2.1] encrypt                                  | fault peer",
                "192.0.2.1 encrypt                                    | fault peer",
                "a..example encrypt                                   | fault peer",
                "example.com                                          | fault level",
                "example.com dane                                     | fault level",
                "example.com dane-only                                | fault level",
                "example.com fingerprint match=aa:bb                  | fault level",
                "example.com always                                   | fault level",
                "example.com encrypt match=a.example                  | fault certificateNames",
                "example.com secure match=                            | fault certificateNames",
                "example.com secure match=a..b                        | fault certificateNames",
                "example.com secure match=hostname:nexthop            | fault certificateNames",
                "example.com secure tafile=/etc/ca.pem                | fault line",
                "example.com encrypt sometimes=yes                    | fault line",
                "example.com encrypt { protocols = TLSv1.3 }          | fault line",
                "example.com encrypt protocols                        | fault line",
            })
    void readsWhatCanBeSaidHere(String line, String expected) {
        assertThat(words(PostfixTlsPolicy.read(line))).isEqualTo(expected);
    }

    @Test
    void readsLogicalLinesAndTellsTheirPlace() {
        String table = """
                # A comment

                example.com
                    encrypt,
                # in between
                \tprotocols=>=TLSv1.3
                  # and an indented one
                example.net secure
                example.org dane
                """;
        List<ReadLine> lines = PostfixTlsPolicy.read(table);
        assertThat(words(lines))
                .isEqualTo(
                        "example.com MANDATORY TLSv1.3; example.net VERIFIED example.net *.example.net; fault level");
        assertThat(lines).extracting(ReadLine::number).containsExactly(3, 8, 9);
    }

    @Test
    void reportsALineThatContinuesNothing() {
        assertThat(words(PostfixTlsPolicy.read("  example.com encrypt\nexample.net may")))
                .isEqualTo("fault line; example.net OPPORTUNISTIC");
    }

    @Test
    void saysWhatItLeavesOut() {
        ReadLine.Stated line = (ReadLine.Stated)
                PostfixTlsPolicy.read("example.com encrypt ciphers=high, exclude=aNULL servername=hostname")
                        .get(0);
        assertThat(line.warnings())
                .extracting("code")
                .containsOnly(WarningCode.ATTRIBUTE_IGNORED)
                .hasSize(3);
        assertThat(line.warnings().get(0).message()).contains("ciphers=high");
    }

    @Test
    void saysWhereNamesBecomeWider() {
        ReadLine.Stated line =
                (ReadLine.Stated) PostfixTlsPolicy.read(".example.com secure").get(0);
        assertThat(line.peer().certificateNames()).containsExactly("*.example.com");
        assertThat(line.warnings()).extracting("code").containsExactly(WarningCode.NAMES_OF_SUBDOMAINS);
    }

    private static String words(List<ReadLine> lines) {
        return lines.stream()
                .map(line -> switch (line) {
                    case ReadLine.Stated stated -> words(stated.peer());
                    case ReadLine.Skipped skipped -> "skipped";
                    case ReadLine.Unreadable unreadable ->
                        "fault " + unreadable.faults().get(0).field();
                })
                .collect(Collectors.joining("; "));
    }

    private static String words(FilePeer peer) {
        String minimum = peer.minimumVersion()
                .map(TlsVersion::label)
                .map(label -> " " + label)
                .orElse("");
        String names = peer.certificateNames().stream().map(name -> " " + name).collect(Collectors.joining());
        return peer.peer().text() + " " + peer.level() + minimum + names;
    }
}
