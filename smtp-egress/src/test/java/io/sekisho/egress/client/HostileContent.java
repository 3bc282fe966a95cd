package io.sekisho.egress.client;

import io.sekisho.egress.delivery.MessageContent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Content made to confuse: dots in all places, all octet values but bare CR and LF, long and empty lines. It is made part
 * by part when asked for, so that nothing holds it whole.
 */
final class HostileContent implements MessageContent {

    private static final int PART = MAX_PART_OCTETS;
    private static final String[] LINES = {
        "\r\n", ".\r\n", "..\r\n", ".a\r\n", "QUIT\r\n", "\0\r\n", "\u00ff\u00fe.\r\n", " .\r\n", "...\r\n", "a.\r\n"
    };

    private final int size;
    private final AtomicInteger read = new AtomicInteger();

    HostileContent(int size) {
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int parts() {
        return (size + PART - 1) / PART;
    }

    @Override
    public Uni<Buffer> part(int index) {
        return Uni.createFrom().item(() -> {
            read.incrementAndGet();
            return Buffer.buffer(octets(index));
        });
    }

    int partsRead() {
        return read.get();
    }

    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < parts(); i++) {
                digest.update(octets(i));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    byte[] all() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(size);
        for (int i = 0; i < parts(); i++) {
            all.writeBytes(octets(i));
        }
        return all.toByteArray();
    }

    private byte[] octets(int index) {
        return bytes(index, Math.min(PART, size - index * PART));
    }

    /** Exactly so many octets, the last two CRLF; the same for the same seed. */
    static byte[] bytes(long seed, int length) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length - 1002) {
            if (random.nextInt(3) == 0) {
                int text = random.nextInt(998);
                for (int i = 0; i < text; i++) {
                    int octet = random.nextInt(256);
                    bytes[at++] = (byte) (octet == '\r' || octet == '\n' ? '.' : octet);
                }
                bytes[at++] = '\r';
                bytes[at++] = '\n';
            } else {
                String line = LINES[random.nextInt(LINES.length)];
                for (int i = 0; i < line.length(); i++) {
                    bytes[at++] = (byte) line.charAt(i);
                }
            }
        }
        while (at < length) {
            bytes[at] = (byte) (at == length - 1 ? '\n' : at == length - 2 ? '\r' : '.');
            at++;
        }
        return bytes;
    }
}
