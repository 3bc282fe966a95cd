package io.sekisho.mail.access;

import io.sekisho.mail.address.DomainName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What an API key gives to its holder.
 *
 * @param id of the key; not the key
 * @param domains the managed domains it is for; empty for {@code admin} and {@code service}, and for an auditor of all
 */
public record ApiKeyGrant(String id, Role role, List<DomainName> domains) {

    public ApiKeyGrant {
        domains = domains == null ? List.of() : List.copyOf(domains);
    }

    /**
     * The form in which a key is stored and published. A key has 256 random bits, so one round of SHA-256 is as hard to
     * invert as the key is to guess; a slow hash would only slow every request.
     */
    public static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
