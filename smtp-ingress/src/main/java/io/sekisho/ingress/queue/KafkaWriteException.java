package io.sekisho.ingress.queue;

/** A write that was not even begun. */
final class KafkaWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
