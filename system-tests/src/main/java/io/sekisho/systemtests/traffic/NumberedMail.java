package io.sekisho.systemtests.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The message of a number. The same seed and number make the same octets, so the far end needs no copy to know that it arrived unchanged.
 */
public final class NumberedMail {

    /** The header field that carries the number. */
    public static final String FIELD = "X-Number";

    /** One in so many is larger than what goes into one record of the queue. */
    private static final int LARGE_EVERY = 50;

    private static final int LARGE = 300_000;
    private static final int SMALLEST = 500;
    private static final int LARGEST = 8_000;
    private static final int LINE = 76;

    private final int number;
    private final Destination destination;
    private final byte[] content;

    private NumberedMail(int number, Destination destination, byte[] content) {
        this.number = number;
        this.destination = destination;
        this.content = content;
    }

    /** The message of this number in a run with this seed. */
    public static NumberedMail of(long seed, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        Destination destination = Destination.of(number);
        int size = number % LARGE_EVERY == 0 ? LARGE : random.nextInt(SMALLEST, LARGEST);
        StringBuilder text = new StringBuilder(size + 400);
        text.append("From: <").append(sender(seed, destination)).append(">\r\n");
        text.append("To: <").append(recipient(destination)).append(">\r\n");
        text.append("Subject: number ").append(number).append("\r\n");
        text.append("Message-ID: <")
                .append(number)
                .append('.')
                .append(Long.toHexString(seed))
                .append("@sender.example>\r\n");
        text.append(FIELD).append(": ").append(number).append("\r\n\r\n");
        while (text.length() < size) {
            line(random, text);
        }
        return new NumberedMail(number, destination, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    public int number() {
        return number;
    }

    public Destination destination() {
        return destination;
    }

    /** The octets, with CRLF at each line's end and without transparency dots; not a copy. */
    public byte[] content() {
        return content;
    }

    /** SHA-256 of the content, lower-case hexadecimal. */
    public String sha256() {
        return digest(content, 0);
    }

    /** Lines of text, some of which begin with a dot, some with octets above 127. */
    private static void line(SplittableRandom random, StringBuilder text) {
        int kind = random.nextInt(16);
        if (kind == 0) {
            text.append('.');
        }
        int first = kind == 1 ? 0xa1 : '!';
        int last = kind == 1 ? 0xff : '~';
        for (int i = random.nextInt(LINE); i > 0; i--) {
            text.append((char) random.nextInt(first, last));
        }
        text.append("\r\n");
    }

    /** Who sends in this run: mail of the customer's own domain goes out, that of a partner comes in. */
    public static String sender(long seed, Destination destination) {
        return senderPrefix(seed) + "@" + (destination.isInbound() ? "partner.example" : "sender.example");
    }

    /** What all senders of a run have in common, and no other's. */
    public static String senderPrefix(long seed) {
        return "run-" + Long.toHexString(seed);
    }

    public static String recipient(Destination destination) {
        return "box@" + destination.domain();
    }

    /** SHA-256 of the octets from an index on, lower-case hexadecimal. */
    public static String digest(byte[] octets, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(octets, from, octets.length - from);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
