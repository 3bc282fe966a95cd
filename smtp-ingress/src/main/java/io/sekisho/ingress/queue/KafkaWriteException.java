package io.sekisho.ingress.queue;

/** A write that was not begun, or that Kafka did not answer in time: then it may be stored all the same. */
final class KafkaWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
