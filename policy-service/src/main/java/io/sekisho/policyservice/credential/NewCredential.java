package io.sekisho.policyservice.credential;

import io.sekisho.mail.access.SecretHash;
import java.security.SecureRandom;

/** The id and secret of a credential that is being made; the secret exists in memory until it was shown. */
record NewCredential(String id, String secret) {
    /**
     * Five bits a character. One case only, and without l, o, 0 and 1: people type secrets into telephones and printers, from paper.
     */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int ID_LENGTH = 12;
    /** 160 bits, as {@link SecretHash} asks, and no more: each character is one more to type. */
    private static final int SECRET_LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    static NewCredential random() {
        return new NewCredential("cred-" + text(ID_LENGTH), "sc_" + text(SECRET_LENGTH));
    }

    String hash() {
        return SecretHash.of(secret);
    }

    private static String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "NewCredential[" + id + "]";
    }
}
