package io.sekisho.egress.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the postmaster is written to.
 *
 * @param hostname of the gateway, for the mail and its EHLO
 * @param to addresses, one at least
 * @param queueAge after which waiting mail is a cause
 * @param certificateRemaining the life of a partner's certificate below which it is one
 */
public record AlertSettings(
        String hostname,
        Server server,
        String from,
        List<String> to,
        AlertLanguage language,
        Duration queueAge,
        Duration certificateRemaining) {

    public AlertSettings {
        to = List.copyOf(to);
    }

    /**
     * The mail server that takes alerts.
     *
     * @param trustedCa PEM; empty: the JDK's
     * @param login empty: none
     */
    public record Server(
            String host, int port, Protection protection, Optional<Path> trustedCa, Optional<Login> login) {}

    /** User and password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    /** What the session must have. */
    public enum Protection {
        /** STARTTLS, and a certificate for the host's name; else nothing is sent. */
        STARTTLS,
        /** TLS from the first octet, and a certificate for the host's name. */
        IMPLICIT_TLS,
        /** Plain text, for a server beside the gateway. */
        NONE
    }
}
