package io.sekisho.ingress.submission;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The server's side of PLAIN (RFC 4616) and LOGIN (draft-murchison-sasl-login): which challenge comes next, and what the
 * responses say in the end. Pure; each record owns what was said so far.
 *
 * <pre>
 *  PLAIN ── initial response or answer to "" ──▶ Given
 *  LOGIN ── "Username:" ──▶ SecretAwaited ── "Password:" ──▶ Given
 * </pre>
 */
public sealed interface LoginExchange {

    /** What a response leads to. */
    sealed interface Turn {

        /**
         * The server asks.
         *
         * @param text in Base64, as it stands behind 334; empty for PLAIN
         */
        record Challenge(String text, LoginExchange next) implements Turn {}

        /** All was said. */
        record Given(Credentials credentials) implements Turn {}

        /** The response cannot be understood (RFC 4954 §4: 501 5.5.2). */
        record Malformed(String why) implements Turn {}
    }

    /** Waits for the one message of PLAIN. */
    record PlainAwaited() implements LoginExchange {

        // RFC 4616 §2: [authzid] NUL authcid NUL passwd.
        @Override
        public Turn respond(String base64) {
            Optional<String> message = decoded(base64);
            if (message.isEmpty()) {
                return NOT_BASE64;
            }
            String[] parts = message.get().split("\0", -1);
            if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
                return new Turn.Malformed("PLAIN is [authzid] NUL user NUL secret (RFC 4616)");
            }
            if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
                return new Turn.Malformed("nobody acts for another user here: leave authzid empty");
            }
            return new Turn.Given(new Credentials(parts[1], parts[2]));
        }
    }

    /** LOGIN waits for the user. */
    record UserAwaited() implements LoginExchange {
        @Override
        public Turn respond(String base64) {
            return decoded(base64)
                    .filter(user -> !user.isEmpty())
                    .<Turn>map(user -> new Turn.Challenge(PASSWORD, new SecretAwaited(user)))
                    .orElse(NOT_BASE64);
        }
    }

    /** LOGIN waits for the secret. */
    record SecretAwaited(String user) implements LoginExchange {
        @Override
        public Turn respond(String base64) {
            return decoded(base64)
                    .<Turn>map(secret -> new Turn.Given(new Credentials(user, secret)))
                    .orElse(NOT_BASE64);
        }
    }

    /** Mechanisms in the order in which EHLO offers them. */
    String MECHANISMS = "PLAIN LOGIN";

    /** {@code Username:} and {@code Password:}: what clients of LOGIN look for. */
    String USERNAME = "VXNlcm5hbWU6";

    String PASSWORD = "UGFzc3dvcmQ6";

    Turn NOT_BASE64 = new Turn.Malformed("the response is not text in Base64");

    /** The client answered the challenge. */
    Turn respond(String base64);

    /**
     * Begins.
     *
     * @param initialResponse as AUTH carried it; {@code =} is an empty one (RFC 4954 §4)
     * @return empty for a mechanism that is not offered
     */
    static Optional<Turn> begin(String mechanism, Optional<String> initialResponse) {
        Optional<Turn> first = switch (mechanism) {
            case "PLAIN" -> Optional.of(new Turn.Challenge("", new PlainAwaited()));
            case "LOGIN" -> Optional.of(new Turn.Challenge(USERNAME, new UserAwaited()));
            default -> Optional.empty();
        };
        return first.map(turn -> turn instanceof Turn.Challenge challenge && initialResponse.isPresent()
                ? challenge.next().respond(initialResponse.get())
                : turn);
    }

    private static Optional<String> decoded(String base64) {
        try {
            byte[] octets =
                    base64.equals("=") ? new byte[0] : Base64.getDecoder().decode(base64);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return Optional.empty();
        }
    }
}
