package io.sekisho.egress.queue;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Removes what was delivered: the queue has no retention by age, so that unread mail is never removed by it. */
@FunctionalInterface
interface QueueTrimmer {

    /**
     * Asks the broker to delete the records below these offsets, and does not wait for it.
     *
     * @param below offsets that are committed
     */
    void trim(Map<TopicPartition, Long> below);
}
