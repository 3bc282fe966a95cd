package io.sekisho.mail.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The form in which secrets that we made ourselves are stored and published: API keys and submission secrets. They have at
 * least 160 random bits, so one round of SHA-256 is as hard to invert as the secret is to guess; a slow hash would only slow
 * every request.
 */
public final class SecretHash {

    private SecretHash() {}

    /** SHA-256 of the secret's UTF-8 octets, in lower-case hex. */
    public static String of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /** Whether {@code hash} is that of {@code secret}, in a time that does not depend on where they differ. */
    public static boolean matches(String hash, String secret) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), of(secret).getBytes(StandardCharsets.US_ASCII));
    }
}
