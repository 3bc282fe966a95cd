package io.sekisho.ingress.queue;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Where messages go.
 *
 * <p><b>Thread safety:</b> any thread. Nothing here blocks.
 */
public interface MailQueue {

    /** Why no message can be taken now; empty where one can. */
    Optional<String> closedBecause();

    /**
     * Begins a message.
     *
     * @param owner the thread that the message belongs to: all callbacks come there
     * @return empty where there is no memory for it
     */
    Optional<IncomingMessage> begin(UUID id, Executor owner, Flow flow);

    /** Told by a message while it arrives. */
    interface Flow {

        /** Enough of the content has been written that more may come. */
        void relieved();

        /** The message cannot be stored any more; what follows of it is wasted. */
        void failed(String reason);
    }
}
