package io.sekisho.systemtests.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Message number so-and-so of a run: from 1 KB to 20 MB, most of them small, for one to five recipients, of octets that hurt;
 * one in three carries a DKIM signature. The same number is always the same message, signatures aside.
 *
 * @param content with CRLF line ends
 */
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record MixedMail(int number, List<String> recipients, byte[] content) {

    static final String SENDER = "sender@partner.example";

    private static final String DOMAIN = "one.accept.example";
    private static final String OTHER_DOMAIN = "two.accept.example";
    private static final Pattern MESSAGE_ID = Pattern.compile("(?m)^Message-ID: <(\\d+)@");
    private static final int KILOBYTE = 1_000;
    private static final int MEGABYTE = 1_000_000;

    static List<String> domains() {
        return List.of(DOMAIN, OTHER_DOMAIN);
    }

    static MixedMail of(int number) {
        byte[] plain = plain(number);
        return new MixedMail(
                number,
                recipients(number),
                isSigned(number) ? Dkim.sign(plain, new Random(number).nextBoolean()) : plain);
    }

    static List<String> recipients(int number) {
        Random random = new Random(number);
        return IntStream.rangeClosed(0, Math.max(0, random.nextInt(8) - 3))
                .mapToObj(i -> "box" + i + "@" + (i % 2 == 0 ? DOMAIN : OTHER_DOMAIN))
                .toList();
    }

    static boolean isSigned(int number) {
        return number % 3 == 0;
    }

    /** The message without a signature. */
    static byte[] plain(int number) {
        Random random = new Random(number);
        return content(number, size(number, random), random);
    }

    /** Which message it is whose header begins there. */
    static int numberOf(byte[] message, int begin) {
        String head = new String(message, begin, Math.min(message.length - begin, 4_000), StandardCharsets.ISO_8859_1);
        Matcher id = MESSAGE_ID.matcher(head);
        if (!id.find()) {
            throw new IllegalStateException("a message without its Message-ID: " + head);
        }
        return Integer.parseInt(id.group(1));
    }

    /** One in a hundred is large, the first of these as large as it may be. */
    private static int size(int number, Random random) {
        if (number == 50) {
            return 20 * MEGABYTE;
        }
        return switch (number % 100) {
            case 50 -> MEGABYTE + random.nextInt(9 * MEGABYTE);
            case 10, 30, 70, 90 -> 200 * KILOBYTE + random.nextInt(400 * KILOBYTE);
            default -> KILOBYTE + random.nextInt(30 * KILOBYTE);
        };
    }

    private static byte[] content(int number, int octets, Random random) {
        ByteArrayOutputStream message = new ByteArrayOutputStream(octets + 1_000);
        write(message, "From: <" + SENDER + ">\r\n");
        write(message, "To: undisclosed-recipients:;\r\n");
        write(message, "Subject:  message   " + number + "\r\n\tfolded  here \r\n");
        write(message, "Date: Tue, 24 Nov 2026 07:00:00 +0000\r\n");
        write(message, "Message-ID: <" + number + "@partner.example>\r\n\r\n");
        while (message.size() < octets) {
            line(message, Math.min(random.nextInt(900), Math.max(0, octets - message.size() - 2)), random);
        }
        // Empty lines at the end, which simple canonicalization counts or not (RFC 6376 §3.4.3).
        write(message, "\r\n".repeat(random.nextInt(3)));
        return message.toByteArray();
    }

    /** Every octet but NUL, CR and LF, dots where a dot hurts, and spaces at the end. */
    private static void line(ByteArrayOutputStream message, int length, Random random) {
        byte[] line = new byte[length];
        random.nextBytes(line);
        for (int i = 0; i < length; i++) {
            if (line[i] == 0 || line[i] == '\r' || line[i] == '\n') {
                line[i] = ' ';
            }
        }
        if (length > 0 && random.nextInt(4) == 0) {
            line[0] = '.';
        }
        message.writeBytes(line);
        write(message, "\r\n");
    }

    private static void write(ByteArrayOutputStream message, String text) {
        message.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
