package io.sekisho.ingress.submission;

/** Who knows the users. Never blocks; "could not decide" is an answer of its own, for which the client comes again. */
@FunctionalInterface
public interface SubmissionUsers {

    /** The answer to a client's claim. */
    sealed interface Login {

        record Admitted(SubmissionUser user) implements Login {}

        /** No such user, or another secret: which of the two is not said. */
        record Refused() implements Login {}

        /** Nobody can know now. */
        record Undetermined(String reason) implements Login {}
    }

    Login login(Credentials credentials);
}
