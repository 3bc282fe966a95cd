package io.sekisho.localstack;

/** Something on this machine keeps the stack from running. The message is written for the person at the terminal. */
public final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StackFailure(String message) {
        super(message);
    }

    public StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
