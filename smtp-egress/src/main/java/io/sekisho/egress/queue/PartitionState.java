package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A partition while it is assigned to this pod. When it comes back after a revocation it is another state, so late
 * acknowledgements of the earlier one go nowhere.
 *
 * <p>Thread safety: for the consumer's thread, but for the receipts that it hands out.
 */
final class PartitionState {

    private static final Logger LOG = Logger.getLogger(PartitionState.class);

    private final TopicPartition partition;
    private final PartitionProgress progress;
    private final NavigableMap<Long, RecordReceipt> receipts = new TreeMap<>();
    private final ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
    private volatile boolean revoked;
    private volatile String blocked;
    private long trimmed = -1;

    PartitionState(TopicPartition partition, long start) {
        this.partition = partition;
        progress = new PartitionProgress(start);
    }

    PartitionProgress progress() {
        return progress;
    }

    Receipt handOver(long offset) {
        progress.handedOver(offset);
        RecordReceipt receipt = new RecordReceipt(offset);
        receipts.put(offset, receipt);
        return receipt;
    }

    /** Takes note of what was acknowledged since the last call. */
    void drain() {
        for (Long offset = done.poll(); offset != null; offset = done.poll()) {
            progress.acknowledged(offset);
        }
    }

    void committed(long offset) {
        progress.committed(offset);
        NavigableMap<Long, RecordReceipt> settled = receipts.headMap(offset, false);
        List<RecordReceipt> finished = new ArrayList<>(settled.values());
        settled.clear();
        finished.forEach(RecordReceipt::fireCommitted);
    }

    void revoke() {
        revoked = true;
        List<RecordReceipt> all = new ArrayList<>(receipts.values());
        receipts.clear();
        all.forEach(RecordReceipt::fireRevoked);
    }

    Optional<String> blocked() {
        return Optional.ofNullable(blocked);
    }

    /** Whether the records below the committed offset were not yet asked to be deleted; from now on they were. */
    boolean claimTrim() {
        if (progress.committed() <= trimmed) {
            return false;
        }
        trimmed = progress.committed();
        return true;
    }

    private final class RecordReceipt implements Receipt {
        private final long offset;
        private Runnable whenRevoked;
        private Runnable whenCommitted;

        RecordReceipt(long offset) {
            this.offset = offset;
        }

        @Override
        public void acknowledge() {
            done.add(offset);
        }

        @Override
        public void block(String reason) {
            if (blocked == null) {
                blocked = reason;
                LOG.error(LogLine.of("queue partition paused")
                        .with(LogKey.ALERT, "partition-paused")
                        .with(LogKey.PARTITION, partition.partition())
                        .with(LogKey.OFFSET, offset)
                        .with(LogKey.CAUSE, reason));
            }
        }

        @Override
        public boolean isRevoked() {
            return revoked;
        }

        @Override
        public void onRevoked(Runnable action) {
            synchronized (this) {
                if (!revoked) {
                    whenRevoked = action;
                    return;
                }
            }
            action.run();
        }

        @Override
        public synchronized void onCommitted(Runnable action) {
            whenCommitted = action;
        }

        void fireRevoked() {
            Runnable action;
            synchronized (this) {
                action = whenRevoked;
                whenRevoked = null;
            }
            if (action != null) {
                action.run();
            }
        }

        synchronized void fireCommitted() {
            if (whenCommitted != null) {
                whenCommitted.run();
            }
        }
    }
}
