package io.sekisho.policyservice.peer;

import io.sekisho.rest.Refusal;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** In what form a file holds peers. */
public enum PeerFormat {
    JSON,
    CSV,
    /** A table of {@code smtp_tls_policy_maps}: outbound. */
    POSTFIX_TLS_POLICY,
    /** An indexed table of {@code check_sender_access}: inbound, by sender's domain. */
    POSTFIX_SENDER_ACCESS,
    /** A {@code cidr:} table of {@code check_client_access}: inbound, by address. */
    POSTFIX_CIDR;

    static final String TEXT_CSV = "text/csv";

    /**
     * The format that is asked for, else the one that the media type says.
     *
     * @throws Refusal 400 where neither tells
     */
    static PeerFormat of(Optional<PeerFormat> asked, MediaType type) {
        return asked.or(() -> ofType(type))
                .orElseThrow(() -> Refusal.badRequest(
                        "format",
                        "is required for text/plain; use POSTFIX_TLS_POLICY, POSTFIX_SENDER_ACCESS or POSTFIX_CIDR"));
    }

    private static Optional<PeerFormat> ofType(MediaType type) {
        if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            return Optional.of(JSON);
        }
        return type.isCompatible(MediaType.valueOf(TEXT_CSV)) ? Optional.of(CSV) : Optional.empty();
    }
}
