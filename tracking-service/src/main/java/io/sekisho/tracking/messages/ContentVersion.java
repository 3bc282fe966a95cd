package io.sekisho.tracking.messages;

import io.sekisho.mail.json.WireJson;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The version of an answer that has no number of its own: the beginning of a digest of what it says, in its language. */
final class ContentVersion {
    private ContentVersion() {}

    static long of(Record answer) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(WireJson.bytes(answer));
            return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
