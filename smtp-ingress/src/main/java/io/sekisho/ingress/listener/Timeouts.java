package io.sekisho.ingress.listener;

import io.sekisho.ingress.session.Dialogue.Phase;
import java.time.Duration;

/**
 * How long a client may keep a session. A command's time runs from our last reply, so that no client wins time by sending
 * an octet now and then; content's time from the last piece, but no longer than for one message in all, however many
 * chunks it comes in.
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

    void replied(long nanoTime, Phase phase) {
        since = nanoTime;
        content = content && phase != Phase.COMMANDS;
    }

    /** The client sent something. */
    void heard(long nanoTime, Phase phase) {
        if (phase != Phase.COMMANDS && !content) {
            contentSince = nanoTime;
        }
        content = phase != Phase.COMMANDS;
        if (phase == Phase.CONTENT) {
            since = nanoTime;
        }
    }

    boolean haveRunOut(long nanoTime) {
        return nanoTime - since > idleNanos || (content && nanoTime - contentSince > contentNanos);
    }
}
