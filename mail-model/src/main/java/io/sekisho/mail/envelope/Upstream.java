package io.sekisho.mail.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.tls.TlsFacts;
import java.util.Optional;

/**
 * The session that a message came by.
 *
 * @param clientAddress behind a balancer the client's, not the balancer's; absent for what the gateway itself wrote
 * @param helo as the client gave it
 * @param listener the name of the listener in the configuration
 * @param authenticatedAs the user of AUTH
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Upstream(
        Optional<IpAddress> clientAddress,
        Optional<String> helo,
        Optional<String> listener,
        TlsFacts tls,
        Optional<String> authenticatedAs) {

    /** The origin of delivery reports. */
    public static final Upstream GATEWAY =
            new Upstream(Optional.empty(), Optional.empty(), Optional.empty(), TlsFacts.NONE, Optional.empty());

    public Upstream {
        clientAddress = clientAddress == null ? Optional.empty() : clientAddress;
        helo = helo == null ? Optional.empty() : helo;
        listener = listener == null ? Optional.empty() : listener;
        tls = tls == null ? TlsFacts.NONE : tls;
        authenticatedAs = authenticatedAs == null ? Optional.empty() : authenticatedAs;
    }
}
