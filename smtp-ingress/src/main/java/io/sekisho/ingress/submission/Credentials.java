package io.sekisho.ingress.submission;

/**
 * What a client says who it is. Short-lived: nothing keeps the secret.
 *
 * @param user as given
 */
public record Credentials(String user, String secret) {

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
