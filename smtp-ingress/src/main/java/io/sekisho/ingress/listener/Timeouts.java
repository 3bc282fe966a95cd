package io.sekisho.ingress.listener;

import java.time.Duration;

/**
 * How long a client may keep a session. A command's time runs from our last reply, so that no client wins time by sending
 * an octet now and then; content's time from the last piece, but no longer than for one message in all.
 *
 * <p><b>Thread safety:</b> none.
 */
final class Timeouts {

    private final long idleNanos;
    private final long contentNanos;
    private long since;
    private long contentSince;
    private boolean content;

    Timeouts(Duration idle, Duration content, long nanoTime) {
        this.idleNanos = idle.toNanos();
        this.contentNanos = content.toNanos();
        this.since = nanoTime;
    }

    void replied(long nanoTime) {
        since = nanoTime;
        content = false;
    }

    /** The client sent something. */
    void heard(long nanoTime, boolean isContent) {
        if (isContent) {
            contentSince = content ? contentSince : nanoTime;
            since = nanoTime;
        }
        content = isContent;
    }

    boolean haveRunOut(long nanoTime) {
        return nanoTime - since > idleNanos || (content && nanoTime - contentSince > contentNanos);
    }
}
