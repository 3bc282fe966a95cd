package io.sekisho.tracking.messages;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.policy.Direction;
import io.sekisho.rest.Refusal;
import io.sekisho.tracking.delivery.Traffic;
import io.sekisho.tracking.search.MessageFilter;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The filters of {@code GET /api/v1/messages}, for a {@code @BeanParam}. */
public class MessageQuery {

    @QueryParam("from")
    @Parameter(description = "Received at this time or later: 2026-11-24T07:00:00Z, or a date (UTC).")
    String from;

    @QueryParam("to")
    @Parameter(description = "Received before this time.")
    String to;

    @QueryParam("direction")
    @Parameter(description = "May be repeated.")
    List<Direction> direction;

    @QueryParam("domain")
    @Parameter(description = "Managed domain: exact, or with * (*.example.com).")
    String domain;

    @QueryParam("sender")
    @Parameter(description = "Reverse-path: exact, or with * (*@partner.example); <> for the null one.")
    String sender;

    @QueryParam("recipient")
    @Parameter(description = "Forward-path: exact, or with *.")
    String recipient;

    @QueryParam("subject")
    @Parameter(description = "Subject: exact, or with * (*invoice*).")
    String subject;

    @QueryParam("messageId")
    @Parameter(description = "The Message-ID field, exact, with or without its angle brackets.")
    String messageId;

    @QueryParam("traffic")
    @Parameter(description = "Accepted or blocked traffic.")
    List<Traffic> traffic;

    @QueryParam("status")
    @Parameter(description = "May be repeated.")
    List<DeliveryStatus> status;

    @QueryParam("blockReason")
    @Parameter(description = "Why it is blocked traffic. May be repeated.")
    List<BlockReason> blockReason;

    @QueryParam("upstreamTls")
    @Parameter(description = "NONE, or a version: SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3. May be repeated.")
    List<String> upstreamTls;

    @QueryParam("downstreamTls")
    @Parameter(
            description =
                    "As upstreamTls, of the session with the next host; rows without such a session do not match.")
    List<String> downstreamTls;

    @QueryParam("clientAddress")
    @Parameter(description = "The client's IP address, or a block in CIDR notation.")
    String clientAddress;

    /**
     * The filter.
     *
     * @throws Refusal 400
     */
    MessageFilter filter() {
        Optional<Instant> first = read("from", from, TextParameters::time);
        Optional<Instant> last = read("to", to, TextParameters::time);
        if (first.isPresent() && last.isPresent() && !first.get().isBefore(last.get())) {
            throw Refusal.badRequest("to", "must be later than from");
        }
        return new MessageFilter(
                first,
                last,
                Set.copyOf(direction),
                read("domain", domain, TextParameters::domain),
                read("sender", sender, TextParameters::glob),
                read("recipient", recipient, TextParameters::glob),
                read("subject", subject, TextParameters::glob),
                read("messageId", messageId, TextParameters::messageId),
                Set.copyOf(traffic),
                Set.copyOf(status),
                Set.copyOf(blockReason),
                TextParameters.tls("upstreamTls", upstreamTls),
                TextParameters.tls("downstreamTls", downstreamTls),
                read("clientAddress", clientAddress, TextParameters::network));
    }

    private static <T> Optional<T> read(String name, String text, BiFunction<String, String, T> reader) {
        return Optional.ofNullable(text).map(given -> reader.apply(name, given));
    }
}
