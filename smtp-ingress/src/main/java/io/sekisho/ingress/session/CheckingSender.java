package io.sekisho.ingress.session;

import io.sekisho.ingress.recipient.RecipientDecision;

/**
 * The message's first recipient from a stranger would be accepted; what DNS says of the sender's domain is being asked.
 *
 * @param accepted waits for it
 */
public record CheckingSender(
        Client client, Greeting greeting, Transaction transaction, RecipientDecision.Accepted accepted)
        implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.SenderChecked(SenderDomain domain) ->
                new Transacting(client, greeting, transaction.withSender(domain)).admit(accepted, reception);
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
