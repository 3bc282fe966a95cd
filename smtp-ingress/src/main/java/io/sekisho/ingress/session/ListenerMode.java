package io.sekisho.ingress.session;

/** Whom a listener is for. */
public enum ListenerMode {
    /** Other mail servers, and relay sources, by whatever the policy asks of them. */
    MX(Login.NOT_OFFERED),
    /** Users, who log in inside TLS, begun by STARTTLS (RFC 6409). */
    SUBMISSION(Login.REQUIRED),
    /** Users likewise, but the first octet is TLS (RFC 8314 §3.3). */
    IMPLICIT_TLS(Login.REQUIRED);

    private enum Login {
        NOT_OFFERED,
        REQUIRED
    }

    private final Login login;

    ListenerMode(Login login) {
        this.login = login;
    }

    /** Whether mail is taken of users only. */
    public boolean isForUsers() {
        return login == Login.REQUIRED;
    }
}
