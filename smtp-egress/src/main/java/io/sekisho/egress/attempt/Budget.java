package io.sekisho.egress.attempt;

/**
 * What a pod may hold in memory at once: messages and their bytes. A little more than the bound may come in with the poll
 * that reaches it.
 *
 * <p>Thread safety: all methods.
 */
final class Budget {

    private final int messages;
    private final long bytes;
    private int messagesHeld;
    private long bytesHeld;

    Budget(int messages, long bytes) {
        this.messages = messages;
        this.bytes = bytes;
    }

    synchronized boolean hasRoom() {
        return messagesHeld < messages && bytesHeld < bytes;
    }

    synchronized int messagesHeld() {
        return messagesHeld;
    }

    synchronized long bytesHeld() {
        return bytesHeld;
    }

    /** Takes note of a message. */
    synchronized Share take(int envelopeBytes, int contentBytes) {
        messagesHeld++;
        bytesHeld += envelopeBytes + contentBytes;
        return new Share(envelopeBytes, contentBytes);
    }

    private synchronized void give(int messageCount, long byteCount) {
        messagesHeld -= messageCount;
        bytesHeld -= byteCount;
    }

    /** What one message takes; each part is given back once. */
    final class Share {
        private final int envelopeBytes;
        private final int contentBytes;
        private boolean hasContent = true;
        private boolean isMessage = true;
        private boolean hasEnvelope = true;

        private Share(int envelopeBytes, int contentBytes) {
            this.envelopeBytes = envelopeBytes;
            this.contentBytes = contentBytes;
        }

        /** The content is no longer in memory. */
        synchronized void contentGone() {
            if (hasContent) {
                hasContent = false;
                give(0, contentBytes);
            }
        }

        /** It only waits to be written into the schedule: others may be attempted. */
        synchronized void parked() {
            if (isMessage) {
                isMessage = false;
                give(1, 0);
            }
        }

        /** Nothing of it is left. */
        synchronized void finished() {
            contentGone();
            parked();
            if (hasEnvelope) {
                hasEnvelope = false;
                give(0, envelopeBytes);
            }
        }
    }
}
