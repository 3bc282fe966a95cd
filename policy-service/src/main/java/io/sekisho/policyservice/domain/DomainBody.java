package io.sekisho.policyservice.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.TlsSetting;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A managed domain as the interface shows and takes it; what is left out has its default. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Domain", description = "A managed domain.", examples = """
                {"description": "Head office",
                 "nextHops": [{"host": "mail.customer.example", "port": 25, "preference": 10}],
                 "nextHopTls": {"level": "MANDATORY"},
                 "outbound": {"enabled": true, "relaySources": ["192.0.2.25"], "relayTls": {"level": "MANDATORY"}}}""")
public record DomainBody(
        @Schema(
                description =
                        "The name in A-labels. In a request it may be left out; else it must be that of the path.",
                examples = "example.com")
        DomainName domain,

        @Schema(maxLength = 1000) String description,

        @Schema(description = "The mail servers behind the gateway; set by admins only.", maxItems = 32)
        List<Hop> nextHops,

        @Schema(description = "What sessions with the next hops must have; OPPORTUNISTIC if left out.")
        TlsSetting nextHopTls,

        @Schema(description = "Outbound protection; disabled if left out.")
        Outbound outbound) {

    /** A mail server behind the gateway. */
    @Schema(name = "NextHop")
    public record Hop(
            @Schema(description = "A host name or an address.", examples = "mail.example.com")
            String host,

            @Schema(minimum = "1", maximum = "65535", defaultValue = "25")
            Integer port,

            @Schema(
                    description = "Lower is tried first, as with MX.",
                    minimum = "0",
                    maximum = "65535",
                    defaultValue = "10")
            Integer preference) {

        static Hop of(NextHop hop) {
            return new Hop(hop.host(), hop.port(), hop.preference());
        }
    }

    /** What the domain may send through the gateway. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Outbound")
    public record Outbound(
            @Schema(description = "Without it outbound defaults and peers are kept, but inert.", defaultValue = "false")
            Boolean enabled,

            @Schema(
                    description =
                            "CIDR blocks of the domain's own servers, /24 (IPv4), /48 (IPv6) or longer; set by admins only."
                                    + " Never a load balancer: whoever comes through it would be a relay source.",
                    examples = "192.0.2.25",
                    maxItems = 256)
            List<IpNetwork> relaySources,

            @Schema(description = "What their own sessions must have; OPPORTUNISTIC if left out.")
            TlsSetting relayTls,

            @Schema(
                    description = "Whether a relay source may use a MAIL FROM of a domain that is not its own.",
                    defaultValue = "false")
            Boolean foreignSenders) {

        static final Outbound ABSENT = new Outbound(null, null, null, null);

        static Outbound of(OutboundProtection outbound) {
            return new Outbound(
                    outbound.enabled(), outbound.relaySources(), outbound.relayTls(), outbound.foreignSenders());
        }
    }

    static DomainBody of(DomainName name, DomainSettings settings) {
        return new DomainBody(
                name,
                settings.description(),
                settings.nextHops().stream().map(Hop::of).toList(),
                settings.nextHopTls(),
                Outbound.of(settings.outbound()));
    }
}
