package io.sekisho.policyservice.publication;

/** A round that ended early, and whose fault it was. */
final class PublicationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PublisherState.Phase phase;

    PublicationFailure(PublisherState.Phase phase, Throwable cause) {
        super(cause.toString(), cause);
        this.phase = phase;
    }

    PublisherState.Phase phase() {
        return phase;
    }
}
