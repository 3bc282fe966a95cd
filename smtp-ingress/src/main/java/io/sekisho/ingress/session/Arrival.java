package io.sekisho.ingress.session;

import java.util.List;
import java.util.Optional;

/** The content has come whole, by DATA or in chunks: what is judged of it as a whole, then it is queued. */
final class Arrival {

    private Arrival() {}

    /**
     * What follows.
     *
     * @param receivedOctets length of our own Received field, already part of the content
     */
    static Step whole(
            Client client,
            Greeting greeting,
            Transaction transaction,
            int receivedOctets,
            ContentFacts facts,
            Reception reception) {
        // RFC 5321 §6.3: a loop is known by its trace fields.
        if (facts.receivedFields() >= reception.limits().receivedFields()) {
            return Step.to(
                    Refusing.andGoOn(Replies.TOO_MANY_HOPS, new Greeted(client, greeting)),
                    new Effect.DropContent(),
                    new Effect.Await(List.copyOf(SessionEvents.contentRefused(
                            client,
                            greeting,
                            transaction,
                            Optional.of(facts),
                            Replies.TOO_MANY_HOPS,
                            Optional.empty(),
                            reception.now()))));
        }
        Storing storing = new Storing(
                client, greeting, transaction, transaction.envelope(client.upstream(greeting), facts, receivedOctets));
        return Step.to(storing, new Effect.Store(storing.envelope()));
    }
}
