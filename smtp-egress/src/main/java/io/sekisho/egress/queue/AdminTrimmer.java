package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Trims through {@code deleteRecords}; the broker frees closed segments only. */
final class AdminTrimmer implements QueueTrimmer {

    private static final Logger LOG = Logger.getLogger(AdminTrimmer.class);

    private final Admin admin;

    AdminTrimmer(Admin admin) {
        this.admin = admin;
    }

    @Override
    public void trim(Map<TopicPartition, Long> below) {
        if (below.isEmpty()) {
            return;
        }
        Map<TopicPartition, RecordsToDelete> request = new HashMap<>();
        below.forEach((partition, offset) -> request.put(partition, RecordsToDelete.beforeOffset(offset)));
        KafkaFuture<Void> unused = admin.deleteRecords(request).all().whenComplete((done, failure) -> {
            if (failure != null) {
                // Delivered mail stays a while longer; the next trim asks for more.
                LOG.warn(LogLine.of("delivered records not deleted").with(LogKey.CAUSE, failure));
            }
        });
    }
}
