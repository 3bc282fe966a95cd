package io.sekisho.policyservice.decision;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.policy.Direction;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an administrator wants explained. */
@Schema(description = "A message, as far as policy looks at it.", examples = """
                {"direction": "INBOUND", "managedDomain": "customer.example", "clientAddress": "192.0.2.1",
                 "sender": "alice@partner.example", "recipient": "bob@customer.example", "session": {"tlsVersion": "TLSv1.3"}}""")
public record DecisionQuestion(
        @Schema(required = true) Direction direction,

        @Schema(
                required = true,
                type = SchemaType.STRING,
                description = "The domain whose rules are asked.",
                examples = "example.com")
        DomainName managedDomain,

        @Schema(type = SchemaType.STRING, description = "Required for INBOUND.", examples = "192.0.2.1")
        IpAddress clientAddress,

        @Schema(
                description = "MAIL FROM; left out, empty or <> is the null sender.",
                examples = "alice@partner.example")
        String sender,

        @Schema(description = "RCPT TO; required for OUTBOUND.", examples = "bob@example.com")
        String recipient,

        @Schema(description = "What the session has, to be judged; without it only the requirement is told.")
        Session session) {

    /** A session that may never have been. */
    @Schema(name = "AssumedSession")
    public record Session(
            @Schema(description = "A TLS version, or NONE; left out: NONE.", examples = "TLSv1.3")
            String tlsVersion,

            @Schema(description = "The certificate of the other side; left out: none was presented.")
            Certificate certificate) {}

    /** A certificate that may never have been. */
    @Schema(name = "AssumedCertificate")
    public record Certificate(
            @Schema(description = "Whether it chains to a trusted CA.", defaultValue = "false")
            Boolean trusted,

            @Schema(description = "The DNS names in it.") List<String> names) {}
}
