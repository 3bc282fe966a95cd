package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.rest.Page;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The queue by destination. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "QueueView", description = "A page of destinations, and what holds for all of them.")
public record QueueView(
        List<QueuedDestination> items,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(nullable = true, description = "Send it as ?cursor= for the next page; null on the last page.")
        String nextCursor,

        @Schema(description = "Standing orders that concern the caller's mail.")
        List<StandingHold> holds,

        @Schema(
                description =
                        "Records of the intake queue that no pod has finished: mail that has no row here yet. Absent where Kafka does not tell, and for callers"
                                + " of single domains.")
        Optional<Long> unread) {

    public QueueView {
        items = List.copyOf(items);
        holds = List.copyOf(holds);
    }

    static QueueView of(Page<QueuedDestination> page, List<StandingHold> holds, Optional<Long> unread) {
        return new QueueView(page.items(), page.nextCursor(), holds, unread);
    }
}
