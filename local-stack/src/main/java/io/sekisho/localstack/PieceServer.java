package io.sekisho.localstack;

/**
 * One server of the infrastructure in one of the ways to run it. {@link RunningStack} asks whether it answers: the same question for all
 * ways.
 */
interface PieceServer {
    Piece piece();

    /** {@code kafka}; of further servers of the same piece {@code kafka-2} and so on. */
    default String name() {
        return piece().id();
    }

    /** Where it answers. */
    String host();

    /** Where it answers; fixed for the life of this object. */
    int port();

    /** Starts it; returns before it answers. */
    void start();

    /** Throws {@link StackFailure} with what is known of the cause if it has ended. */
    void requireAlive();

    /** Ends it in an orderly way; does nothing if it has ended. */
    void stop();

    /** After {@link #stop()}: it will not be started again. */
    void discard();

    void kill();

    void pause();

    void resume();
}
