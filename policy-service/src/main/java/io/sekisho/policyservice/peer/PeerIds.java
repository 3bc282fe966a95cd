package io.sekisho.policyservice.peer;

import java.security.SecureRandom;

/** Makes the identifiers of peers: short, since they stand in SMTP replies, and never used twice. */
final class PeerIds {
    /** Without l, o, 0 and 1, which people confuse when they read an id out. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PeerIds() {}

    /** {@code tp-} and 60 random bits. */
    static String next() {
        StringBuilder id = new StringBuilder("tp-");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
