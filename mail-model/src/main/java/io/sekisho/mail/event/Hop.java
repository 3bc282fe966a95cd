package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.tls.TlsFacts;
import java.util.Optional;

/**
 * A session with the other side of a delivery: the host that was tried.
 *
 * @param host name, from MX, next hops or a static route
 * @param address that was connected to
 * @param authentication how the host's certificate was judged
 * @param mxSecure whether the host's name is secure against a forged MX: DNSSEC, an enforced MTA-STS policy, or
 *     configuration; absent where no name was judged
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Hop(
        String host,
        Optional<String> address,
        int port,
        TlsFacts tls,
        Authentication authentication,
        Optional<Boolean> mxSecure) {

    public Hop {
        address = address == null ? Optional.empty() : address;
        tls = tls == null ? TlsFacts.NONE : tls;
        authentication = authentication == null ? Authentication.NONE : authentication;
        mxSecure = mxSecure == null ? Optional.empty() : mxSecure;
    }
}
