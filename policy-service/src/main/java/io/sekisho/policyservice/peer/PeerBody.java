package io.sekisho.policyservice.peer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.warning.Warning;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A TLS peer as the interface shows and takes it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "TlsPeer", description = "What is required of one source or destination.", examples = """
                {"direction": "INBOUND", "peer": "partner.example", "level": "MANDATORY", "minimumVersion": "TLSv1.3",
                 "onViolation": "DEFER", "description": "Agreed on with their postmaster"}""")
public record PeerBody(
        @Schema(
                description =
                        "Given by the service; the name of the rule in SMTP replies, logs and tracking. In a PUT it may be left out.",
                examples = "tp-7k2m9q4wxz3c")
        String id,

        @Schema(required = true) Direction direction,

        @Schema(
                required = true,
                type = SchemaType.STRING,
                description =
                        "A domain (example.com: it alone; *.example.com: all its subdomains); for INBOUND also an address or a CIDR block."
                                + " Inbound it is the domain of MAIL FROM or the client's address, outbound the recipient's domain.",
                examples = "partner.example")
        Peer peer,

        @Schema(required = true) SecurityLevel level,

        @Schema(
                description =
                        "TLSv1.2 if left out. Lower only for a domain, or for an address of /24 (IPv4), /48 (IPv6) or longer.")
        TlsVersion minimumVersion,

        @Schema(description = "A disabled peer does not exist for matching.", defaultValue = "true")
        Boolean enabled,

        @Schema(description = "What an inbound client is told: REJECT 550, DEFER 450.", defaultValue = "REJECT")
        OnViolation onViolation,

        @Schema(
                type = SchemaType.STRING,
                description =
                        "How long TLS failures are retried outbound before the message bounces: PT0S (at once) to P5D.",
                defaultValue = "PT1H",
                examples = "PT30M")
        Duration tlsGiveUpAfter,

        @Schema(
                description =
                        "For VERIFIED: the certificate must carry one of these names. Left out: the peer's own, outbound the MX host's."
                                + " Required for an address.",
                maxItems = 16)
        List<String> certificateNames,

        @Schema(
                description = "An INBOUND address only: it decides alone, whatever the sender's domain asks.",
                defaultValue = "false")
        Boolean override,

        @Schema(maxLength = 1000) String description,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                readOnly = true,
                description =
                        "In the answer to a write where there are any: what may not do what its author hopes. Ignored in a request.")
        List<Warning> warnings) {

    PeerBody with(List<Warning> found) {
        return new PeerBody(
                id,
                direction,
                peer,
                level,
                minimumVersion,
                enabled,
                onViolation,
                tlsGiveUpAfter,
                certificateNames,
                override,
                description,
                found);
    }
}
