package io.sekisho.ingress.session;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.smtp.reply.SmtpReply;

/** The message is whole and on its way into the queue; only its acknowledgement allows 250 (RFC 5321 §6.1). */
public record Storing(Client client, Greeting greeting, Transaction transaction, Envelope envelope)
        implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.Stored() -> {
                SmtpReply queued = Replies.queued(transaction.id());
                yield Step.to(
                        new Greeted(client.with(Conduct.UNKNOWN), greeting),
                        new Effect.Reply(queued),
                        new Effect.Tell(SessionEvents.accepted(envelope, transaction, queued, reception.now())));
            }
            case SessionInput.NotStored(String reason) ->
                Step.reply(new Greeted(client, greeting), Replies.unavailable(SessionInput.Shortage.QUEUE));
            // A client that goes away now has still handed the message over: its events are told all the same.
            case SessionInput.Disconnected() -> Step.to(this);
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
