package io.sekisho.egress.dsn;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.policy.Direction;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the envelope by which a report goes back. */
public final class ReportEnvelope {

    private ReportEnvelope() {}

    /**
     * The envelope; empty where the sender's address has no domain to send to (an address literal).
     *
     * @param reportedDomains the managed domains of the message, to which the report belongs
     * @param isManaged whether a domain is managed now
     */
    public static Optional<Envelope> of(
            Report report,
            ReportComposer composer,
            long size,
            List<DomainName> reportedDomains,
            Predicate<DomainName> isManaged) {
        return report.original().senderDomain().map(domain -> {
            boolean managed = isManaged.test(domain);
            boolean ascii = SafeText.isAscii(report.original().reversePath());
            Recipient sender = new Recipient(
                    report.original().reversePath(),
                    domain,
                    managed ? Direction.INBOUND : Direction.OUTBOUND,
                    managed ? List.of() : reportedDomains,
                    // RFC 3461 §6.1: a report asks for no report.
                    Optional.of("NEVER"),
                    Optional.empty());
            return new Envelope(
                    Envelope.VERSION,
                    report.id(),
                    report.at(),
                    "",
                    List.of(sender),
                    ascii ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT_MIME,
                    !ascii,
                    DsnParameters.NONE,
                    size,
                    Optional.of(composer.subject(report.action())),
                    Optional.of(composer.messageId(report)),
                    Upstream.GATEWAY,
                    List.of(),
                    reportedDomains);
        });
    }
}
