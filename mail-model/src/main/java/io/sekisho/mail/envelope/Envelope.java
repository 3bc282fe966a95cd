package io.sekisho.mail.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that is known of a message beside its bytes; stands as JSON in the {@link #HEADER} header of its queue record.
 * The record's value is the message itself, or empty where {@link #chunks} tells where it is.
 *
 * @param version of this format; a reader stops at a major version it does not know
 * @param id UUIDv7 made at MAIL; of a delivery report derived from what it reports
 * @param receivedAt when MAIL was received: the message's time in tracking, and the start of its queue lifetime
 * @param reversePath the envelope sender without angle brackets, empty for {@code <>}
 * @param size of the message in octets, our Received field included
 * @param subject cut at 998 octets
 * @param messageId the Message-ID field
 * @param reportedDomains a delivery report only: the managed domains of the message it reports, to which it belongs
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Envelope(
        int version,
        UUID id,
        Instant receivedAt,
        String reversePath,
        List<Recipient> recipients,
        BodyType body,
        boolean smtpUtf8,
        DsnParameters dsn,
        long size,
        Optional<String> subject,
        Optional<String> messageId,
        Upstream upstream,
        List<ContentChunk> chunks,
        List<DomainName> reportedDomains) {

    /** The record header that holds the envelope. */
    public static final String HEADER = "sekisho-envelope";

    public static final int VERSION = 1;

    public Envelope {
        recipients = List.copyOf(recipients);
        body = body == null ? BodyType.SEVEN_BIT : body;
        dsn = dsn == null ? DsnParameters.NONE : dsn;
        subject = subject == null ? Optional.empty() : subject;
        messageId = messageId == null ? Optional.empty() : messageId;
        upstream = upstream == null ? Upstream.GATEWAY : upstream;
        chunks = chunks == null ? List.of() : List.copyOf(chunks);
        reportedDomains = reportedDomains == null ? List.of() : List.copyOf(reportedDomains);
    }

    public boolean hasNullSender() {
        return reversePath.isEmpty();
    }

    /** The envelope of a message whose content stands in these chunks. */
    public Envelope withChunks(List<ContentChunk> newChunks) {
        return new Envelope(
                version,
                id,
                receivedAt,
                reversePath,
                recipients,
                body,
                smtpUtf8,
                dsn,
                size,
                subject,
                messageId,
                upstream,
                newChunks,
                reportedDomains);
    }

    public boolean isInline() {
        return chunks.isEmpty();
    }

    /** The domain of the reverse-path, empty for {@code <>} and for an address literal. */
    public Optional<DomainName> senderDomain() {
        int at = reversePath.lastIndexOf('@');
        return at < 0 ? Optional.empty() : DomainName.tryParse(reversePath.substring(at + 1));
    }
}
