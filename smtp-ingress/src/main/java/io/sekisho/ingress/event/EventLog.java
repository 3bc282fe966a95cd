package io.sekisho.ingress.event;

import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Where events go. What waits is bounded by reservation: whoever will tell events reserves their places first, and does
 * without the deed that they tell if there are none. So a place that was got is never lost.
 *
 * <p><b>Thread safety:</b> any thread; nothing blocks.
 */
public interface EventLog {

    /** Reserves places; all or none. */
    boolean reserve(int events);

    /** Gives back places that were reserved and will not be used. */
    void release(int events);

    /** Writes events into reserved places, which become free again when Kafka has them. Writing goes on until it succeeds. */
    void begin(List<MailEvent> events);

    /**
     * Writes events as {@link #begin} does, for somebody who waits.
     *
     * @return completes when all are acknowledged; a failure of Kafka is not told
     */
    Uni<Void> write(List<MailEvent> events);
}
