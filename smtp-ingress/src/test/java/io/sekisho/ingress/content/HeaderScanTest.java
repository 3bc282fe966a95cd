package io.sekisho.ingress.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeaderScanTest {

    @Test
    void capturesSubjectAndMessageIdUnfolded() {
        HeaderScan scan = scan("SUBJECT:  two\r\n\tlines \r\nmessage-id : <1@x>\r\n\r\nbody");

        assertThat(scan.subject()).contains("two lines");
        assertThat(scan.messageId()).contains("<1@x>");
    }

    @Test
    void takesTheFirstOfTwo() {
        assertThat(scan("Subject: first\r\nSubject: second\r\n\r\n").subject()).contains("first");
    }

    @Test
    void doesNotLookIntoTheBody() {
        HeaderScan scan = scan("From: a\r\n\r\nSubject: no\r\nReceived: no\r\n");

        assertThat(scan.subject()).isEmpty();
        assertThat(scan.receivedFields()).isZero();
    }

    @Test
    void takesALineThatIsNoFieldForTheBeginningOfTheBody() {
        assertThat(scan("no field here\r\nSubject: no\r\n").subject()).isEmpty();
        assertThat(scan("Nofield\r\nSubject: no\r\n").subject()).isEmpty();
    }

    @Test
    void countsReceivedFieldsWithTheirFoldedLinesOnce() {
        assertThat(scan("Received: from a\r\n by b\r\nreceived: by c\r\nReceived-SPF: pass\r\n\r\n")
                        .receivedFields())
                .isEqualTo(2);
    }

    @Test
    void doesNotTakeAFoldedLineOfAnotherFieldForTheSubject() {
        assertThat(scan("Subject: mine\r\nX: y\r\n Subject: no\r\n\r\n").subject())
                .contains("mine");
    }

    @Test
    void keepsAnEmptySubject() {
        assertThat(scan("Subject:\r\n\r\n").subject()).contains("");
    }

    @Test
    void cutsAt998OctetsBetweenCharacters() {
        String japanese = "\u9752".repeat(400);

        String subject = scan("Subject: " + japanese + "\r\n\r\n").subject().orElseThrow();

        // 332 characters of three octets are 996.
        assertThat(subject).isEqualTo("\u9752".repeat(332));
        assertThat(scan("Subject: x" + "\u9752".repeat(400) + "\r\n\r\n")
                        .subject()
                        .orElseThrow())
                .isEqualTo("x" + "\u9752".repeat(332));
        assertThat(scan("Subject: " + "x".repeat(2_000) + "\r\n\r\n").subject().orElseThrow())
                .hasSize(998);
    }

    @Test
    void replacesWhatIsNoText() {
        byte[] octets = "Subject: a\0b\u00fcc\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        HeaderScan scan = new HeaderScan();
        scan.scan(ByteBuffer.wrap(octets));

        assertThat(scan.subject()).contains("a\ufffdb\ufffdc");
    }

    @Test
    void readsTheSameForEverySplit() {
        byte[] header = """
                Received: from a
                 by b
                Subject: one
                 two
                X-Very-Long-Name-Of-A-Field: v
                Message-ID:
                 <1@x>
                Received: c

                Received: no
                """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

        for (int at = 0; at <= header.length; at++) {
            HeaderScan scan = new HeaderScan();
            scan.scan(ByteBuffer.wrap(header, 0, at));
            scan.scan(ByteBuffer.wrap(header, at, header.length - at));
            assertThat(scan.subject()).as("split at %d", at).contains("one two");
            assertThat(scan.messageId()).as("split at %d", at).contains("<1@x>");
            assertThat(scan.receivedFields()).as("split at %d", at).isEqualTo(2);
        }
    }

    private static HeaderScan scan(String header) {
        HeaderScan scan = new HeaderScan();
        scan.scan(ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8)));
        return scan;
    }
}
