package io.sekisho.mail.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Identifiers of messages (RFC 9562): by time where a message is new, derived where a repetition must be the same. */
public final class MessageIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private MessageIds() {}

    /** A UUIDv7 for a message that begins at {@code time}. */
    public static UUID at(Instant time) {
        long high = (time.toEpochMilli() << 16) | 0x7000 | (RANDOM.nextInt() & 0x0fff);
        return new UUID(high, variant(RANDOM.nextLong()));
    }

    /** A UUIDv8 from SHA-256 of the parts: the same parts give the same id. */
    public static UUID derived(String... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // The length keeps ("ab","c") and ("a","bc") apart.
                sha256.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                sha256.update(bytes);
            }
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
            return new UUID((digest.getLong() & ~0xf000L) | 0x8000, variant(digest.getLong()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private static long variant(long low) {
        return (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    }
}
