package io.sekisho.policyservice.peerfile;

/** Why a line of a file cannot be taken: the field that it would have set, and the reason. Does not leave this package. */
final class FileFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;

    FileFault(String field, String message) {
        super(message);
        this.field = field;
    }

    String field() {
        return field;
    }
}
