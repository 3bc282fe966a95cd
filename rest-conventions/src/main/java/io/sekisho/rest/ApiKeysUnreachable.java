package io.sekisho.rest;

/** Neither Redis nor policy-service can say whether a key is valid. */
public final class ApiKeysUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApiKeysUnreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
