package io.sekisho.policyservice.change;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells the publisher of this pod at once that something was committed; other pods' publishers look by themselves. */
@ApplicationScoped
public class CommitBell {
    private volatile Runnable listener = () -> {};

    /** The one who hears it, from any thread; must not block. */
    public void onRing(Runnable newListener) {
        listener = newListener;
    }

    void ring() {
        listener.run();
    }
}
