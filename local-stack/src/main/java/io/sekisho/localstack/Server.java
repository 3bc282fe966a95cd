package io.sekisho.localstack;

/** One server process of the {@link Infrastructure}, to be broken on purpose. Its controls are for one thread at a time. */
public interface Server {

    /** {@code kafka}, {@code kafka-2}, {@code postgres}, {@code redis}. */
    String name();

    /** The port on which it answers; the same over {@link #restart}. */
    int port();

    /** Ends it as {@code kill -9} does; nothing is flushed or said goodbye to. Returns when it is gone. */
    void kill();

    /** Ends it in an orderly way; returns when it is gone. */
    void stop();

    /** Stops its processes from running (as {@code kill -STOP} does): connections stay open and nothing answers. */
    void pause();

    /** Undoes {@link #pause}. */
    void resume();

    /** Starts it again if it has ended, or ends and starts it, on the same port and data; returns when it is ready. */
    void restart();
}
