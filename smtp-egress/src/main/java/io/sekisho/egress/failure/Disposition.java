package io.sekisho.egress.failure;

import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.Optional;

/** What becomes of a recipient after an attempt. */
public sealed interface Disposition {

    /** The host took responsibility. */
    record Delivered(ReplyFacts reply, JudgedHop hop, ReportDuty duty) implements Disposition {}

    /**
     * Another attempt is made.
     *
     * @param history with this attempt counted
     */
    record Retry(Instant due, History history, Fault fault) implements Disposition {}

    /**
     * Nothing was learnt about the recipient, because something of our own was missing; another attempt is made, and this
     * one does not count.
     */
    record Postpone(Instant due, String detail) implements Disposition {}

    /**
     * It is given up at once, with a report.
     *
     * @param blockReason where our own policy is the reason
     */
    record Bounce(Fault fault, Optional<BlockReason> blockReason) implements Disposition {}

    /** The queue lifetime ran out. */
    record Expire(Fault fault) implements Disposition {}

    /** The content is lost or was changed: kept for an operator, with a report. */
    record Quarantine(String detail) implements Disposition {}

    /** Another pod has this recipient now; what happened is its business. */
    record StandAside(String detail) implements Disposition {}
}
