package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.json.WireJson;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a host said. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "Reply", description = "What a host said.")
public record SaidReply(
        @Schema(examples = "450") int code,

        @Schema(description = "Absent where the host gave none.", examples = "4.2.1")
        Optional<String> enhancedStatus,

        @Schema(examples = "mailbox busy") String text) {

    static SaidReply of(ReplyFacts reply) {
        return new SaidReply(reply.code(), reply.enhancedStatus(), reply.text());
    }

    /** As it stands in a row; null there is empty. */
    static Optional<SaidReply> read(String json) {
        return Optional.ofNullable(json).map(text -> of(WireJson.read(text, ReplyFacts.class)));
    }
}
