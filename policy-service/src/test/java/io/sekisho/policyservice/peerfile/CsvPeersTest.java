package io.sekisho.policyservice.peerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvPeersTest {
    private static final String HEADER = "direction,peer,level,minimumVersion,enabled,certificateNames,description\r\n";

    @Test
    void readsWhatItWrites() {
        List<FilePeer> peers = List.of(
                new FilePeer(
                        Direction.INBOUND,
                        Peer.parse("192.0.2.0/24"),
                        SecurityLevel.VERIFIED,
                        Optional.of(TlsVersion.TLSV1_3),
                        Optional.of(false),
                        Optional.of(OnViolation.DEFER),
                        Optional.of(Duration.ZERO),
                        List.of("a.example", "*.b.example"),
                        Optional.of(true),
                        " \"quoted\", with a comma\r\nand two\nlines; 日本語 \ud83d\ude00 "),
                FilePeer.of(Direction.OUTBOUND, Peer.parse("*.a.example"), SecurityLevel.NEVER));
        List<ReadLine> lines = CsvPeers.read(CsvPeers.write(peers));
        assertThat(lines).extracting(line -> ((ReadLine.Stated) line).peer()).containsExactlyElementsOf(peers);
    }

    @Test
    void tellsTheLineWhereARecordBegins() {
        String text = HEADER + "INBOUND,a.example,MANDATORY,,,,\"two\nlines\"\r\n\r\nINBOUND,b.example,NONE,,,,\r\n";
        List<ReadLine> lines = CsvPeers.read(text);
        assertThat(lines).extracting(ReadLine::number).containsExactly(2, 5);
        assertThat(lines.get(1)).isInstanceOf(ReadLine.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INBOUND,a.example,SOMETIMES,,,,    | level           | NEVER, OPPORTUNISTIC",
                "UP,a.example,MANDATORY,,,,         | direction       | INBOUND, OUTBOUND",
                ",a.example,MANDATORY,,,,           | direction       | is required",
                "INBOUND,,MANDATORY,,,,             | peer            | is required",
                "INBOUND,a.example,,,,,             | level           | is required",
                "INBOUND,10.0.0.1/8,MANDATORY,,,,   | peer            | did you mean '10.0.0.0/8'?",
                "INBOUND,a.example,MANDATORY,TLSv2,,, | minimumVersion | TLSv1.3",
                "INBOUND,a.example,MANDATORY,,yes,,   | enabled        | true or false",
                "INBOUND,a.example,MANDATORY          | line           | 3 cells, the header line 7",
            })
    void namesWhatIsWrong(String row, String field, String message) {
        ReadLine.Unreadable line =
                (ReadLine.Unreadable) CsvPeers.read(HEADER + row).get(0);
        assertThat(line.faults().get(0).field()).isEqualTo(field);
        assertThat(line.faults().get(0).message()).contains(message);
    }

    @Test
    void refusesTextThatCannotBeStored() {
        ReadLine.Unreadable line = (ReadLine.Unreadable)
                CsvPeers.read(HEADER + "INBOUND,a.example,MANDATORY,,,,a\0b").get(0);
        assertThat(line.faults().get(0).field()).isEqualTo("description");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "direction,peer              | level' is missing",
                "direction,peer,level,colour | no column 'colour'",
                "direction,peer,level,peer   | twice",
            })
    void asksForItsHeader(String header, String message) {
        assertHeaderFault(header + "\r\nINBOUND,a.example,MANDATORY", message);
    }

    @Test
    void asksForAHeaderInAnEmptyFile() {
        assertHeaderFault("", "the header line is missing");
        assertHeaderFault("\r\n\r\n", "the header line is missing");
    }

    private static void assertHeaderFault(String file, String message) {
        List<ReadLine> lines = CsvPeers.read(file);
        assertThat(lines).hasSize(1);
        ReadLine.Unreadable line = (ReadLine.Unreadable) lines.get(0);
        assertThat(line.faults().get(0).field()).isEqualTo("header");
        assertThat(line.faults().get(0).message()).contains(message);
    }

    @Test
    void takesAByteOrderMarkAndColumnsInAnyOrder() {
        List<ReadLine> lines = CsvPeers.read("\ufefflevel,peer,direction\nMANDATORY,a.example,INBOUND\n");
        assertThat(((ReadLine.Stated) lines.get(0)).peer())
                .isEqualTo(FilePeer.of(Direction.INBOUND, Peer.parse("a.example"), SecurityLevel.MANDATORY));
    }

    @Test
    void saysWhereTheCsvBreaks() {
        List<ReadLine> lines =
                CsvPeers.read(HEADER + "INBOUND,a.example,MANDATORY,,,,\nINBOUND,\"b\"x,MANDATORY,,,,\n");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isInstanceOf(ReadLine.Unreadable.class);
        assertThat(lines.get(1).number()).isEqualTo(3);
    }

    @Test
    void isBounded() {
        List<ReadLine> lines = CsvPeers.read(HEADER + "INBOUND,a.example,MANDATORY,,,,\n".repeat(25_000));
        assertThat(lines).hasSize(20_001);
        assertThat(lines.get(20_000)).isInstanceOf(ReadLine.Unreadable.class);
    }
}
