package io.sekisho.ingress.queue;

import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;

/**
 * A message while it arrives. Its memory is bounded: above the inline limit a chunk at a time, and a few on their way.
 *
 * <p><b>Thread safety:</b> none; its owner only. <b>Lifecycle:</b> {@link #append} until {@link #store} or {@link #drop},
 * after which it holds nothing.
 */
public interface IncomingMessage {

    /** Whether octets found room. */
    enum Appended {
        TAKEN,
        /** The process has no memory left for content; the message must be dropped. */
        NO_MEMORY
    }

    /** What became of a message. */
    sealed interface Outcome {

        /** The queue holds it. */
        record Stored() implements Outcome {}

        /** Whether the queue holds it is not known. */
        record NotStored(String reason) implements Outcome {}
    }

    /** Takes the next octets, by copy. */
    Appended append(ByteBuffer octets);

    /** Whether so much is on its way that no more should be read; {@link MailQueue.Flow#relieved} says when it may. */
    boolean isCongested();

    /**
     * Queues the message.
     *
     * @param envelope without chunks
     * @return never fails; the item comes on any thread
     */
    Uni<Outcome> store(Envelope envelope);

    /** Forgets the message. What was written of it is referenced by nothing and goes with the topic's retention. */
    void drop();
}
