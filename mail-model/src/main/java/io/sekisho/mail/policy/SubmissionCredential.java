package io.sekisho.mail.policy;

import io.sekisho.mail.access.SecretHash;

/**
 * One user and secret for AUTH (RFC 4954). A user may have several, so that a secret can be replaced without a moment in which
 * none is valid.
 *
 * @param id of the credential; not the secret
 * @param user {@code name@domain}, the domain being the managed domain that holds it; in lower case
 * @param secretHash as {@link SecretHash} makes it
 */
public record SubmissionCredential(String id, String user, String secretHash) {

    /** Whether a client that names this user and secret is who it says. */
    public boolean admits(String givenUser, String givenSecret) {
        return user.equals(givenUser) && SecretHash.matches(secretHash, givenSecret);
    }

    /** Without the hash: it is of no use in a log. */
    @Override
    public String toString() {
        return "SubmissionCredential[" + id + ", " + user + "]";
    }
}
