package io.sekisho.egress.operator;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an order did. */
@Schema(name = "OrderAnswer", description = "What was done; counted in rows, one for each recipient of a message.")
public record OrderAnswer(
        QueueAction action,

        @Schema(
                description =
                        "Rows that are due now, held, released, or cancelled by this call; those that were so before are not among them.")
        long rows,

        @Schema(
                description =
                        "Rows named by the order at which an attempt is under way. It is not interrupted: what it delivers is delivered; else the order"
                                + " holds for what comes of it. Of flush they are not among the rows.")
        long inFlight,

        @Schema(description = "Rows named by the order that are held back now, by this or another order.")
        long held,

        @Schema(description = "Of flush: destinations whose suspension it ended.")
        int resumed) {}
