package io.sekisho.policyservice.access;

import io.sekisho.mail.access.SecretHash;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A key that is being made; it exists in memory until it was shown. */
record NewKey(String id, String key) {
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    static NewKey random() {
        return new NewKey("key-" + hex(ID_BYTES), "sk_" + hex(KEY_BYTES));
    }

    String hash() {
        return SecretHash.of(key);
    }

    private static String hex(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "NewKey[" + id + "]";
    }
}
