package io.sekisho.egress.schedule;

import io.sekisho.egress.failure.History;
import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One recipient of one message that waits.
 *
 * @param recipient forward-path
 * @param managedDomain under which it is tracked, the first where there are several
 * @param destination the recipient's domain
 * @param route the destination whose state decides when it may go: that domain, or {@code host:port} of a static route; the
 *     empty text where it was not known
 * @param noticeDue when the sender is to be told that it takes longer; empty where that was done or is not wanted
 * @param lastReply of a host
 * @param lastDetail why it waits, one sentence for people
 */
public record ScheduleEntry(
        UUID message,
        String recipient,
        String managedDomain,
        String destination,
        String route,
        Instant due,
        History history,
        Optional<Instant> noticeDue,
        Optional<ReplyFacts> lastReply,
        Optional<String> lastDetail) {

    /** On its way to another destination than before. */
    public ScheduleEntry routed(String newRoute) {
        return new ScheduleEntry(
                message,
                recipient,
                managedDomain,
                destination,
                newRoute,
                due,
                history,
                noticeDue,
                lastReply,
                lastDetail);
    }

    /** After another look at it, whether an attempt was counted or not. */
    public ScheduleEntry after(
            Instant newDue, History newHistory, Optional<ReplyFacts> reply, Optional<String> detail) {
        return new ScheduleEntry(
                message,
                recipient,
                managedDomain,
                destination,
                route,
                newDue,
                newHistory,
                noticeDue,
                reply.or(() -> lastReply),
                detail.or(() -> lastDetail));
    }
}
