package io.sekisho.ingress.limit;

import io.sekisho.mail.address.IpAddress;
import java.util.Optional;

/**
 * Counts what clients do, and says who does too much of it. What is refused is not counted, so nobody who keeps trying is
 * shut out for longer than a minute.
 *
 * <p><b>Thread safety:</b> any thread; never blocks.
 */
public interface ClientLimits {

    /** Whether a client may do what it wants to. */
    enum Answer {
        WITHIN,
        BEYOND
    }

    /** Nobody is limited. */
    ClientLimits NONE = new ClientLimits() {
        @Override
        public Optional<ClientPlace> connect(IpAddress client) {
            return Optional.of(ClientPlace.uncounted());
        }

        @Override
        public Answer message(IpAddress client) {
            return Answer.WITHIN;
        }

        @Override
        public Answer recipient(IpAddress client) {
            return Answer.WITHIN;
        }

        @Override
        public Answer login(IpAddress client) {
            return Answer.WITHIN;
        }

        @Override
        public void loginFailed(IpAddress client) {}
    };

    /** A client has connected: the place that it has until it leaves, or none where it has too many. */
    Optional<ClientPlace> connect(IpAddress client);

    /** A client begins a message. */
    Answer message(IpAddress client);

    /** A client names a recipient. */
    Answer recipient(IpAddress client);

    /** Whether a client may try to log in; to try counts as nothing. */
    Answer login(IpAddress client);

    /** A client has tried with credentials that are wrong. */
    void loginFailed(IpAddress client);
}
