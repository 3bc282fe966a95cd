package io.sekisho.policyservice.settings;

import java.util.Optional;

/** Whether a key that a person chose is one that nobody guesses. */
final class KeyStrength {
    private static final String PREFIX = "sk_";
    /** 32 characters of hexadecimal are 128 bits. */
    private static final int SHORTEST_SECRET = 32;

    private static final int LONGEST = 256;
    private static final int FEWEST_CHARACTERS = 10;
    private static final String ADVICE = "make one with: echo sk_$(openssl rand -hex 32)";

    private KeyStrength() {}

    /** What is wrong with the key, without repeating it. */
    static Optional<String> fault(String key) {
        if (!key.startsWith(PREFIX)) {
            return Optional.of("must begin with " + PREFIX + "; " + ADVICE);
        }
        String secret = key.substring(PREFIX.length());
        if (secret.length() < SHORTEST_SECRET) {
            return Optional.of(
                    "is too short: " + SHORTEST_SECRET + " characters must follow " + PREFIX + "; " + ADVICE);
        }
        if (key.length() > LONGEST || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return Optional.of("must have at most " + LONGEST + " printable ASCII characters; " + ADVICE);
        }
        return secret.chars().distinct().count() < FEWEST_CHARACTERS
                ? Optional.of("is too easy to guess: it repeats a few characters; " + ADVICE)
                : Optional.empty();
    }
}
