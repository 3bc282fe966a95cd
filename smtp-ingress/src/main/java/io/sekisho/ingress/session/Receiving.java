package io.sekisho.ingress.session;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.smtp.content.LineEndViolation;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.Optional;

/**
 * 354 was sent: the content is arriving.
 *
 * @param receivedOctets length of our own Received field, already part of the content
 */
public record Receiving(Client client, Greeting greeting, Transaction transaction, int receivedOctets)
        implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ContentEnded(ContentFacts facts) ->
                Arrival.whole(client, greeting, transaction, receivedOctets, facts, reception);
            // RFC 1870 §6.3.
            case SessionInput.ContentTooLarge() ->
                discard(
                        reception.replies().tooLarge(),
                        Optional.of(BlockReason.MESSAGE_TOO_LARGE),
                        Discarding.Then.GO_ON);
            // Another server may have taken the bare line end for the end of the content, or may take it so (SMTP
            // smuggling, CVE-2023-51764): nothing that follows on this connection can be trusted.
            case SessionInput.ContentMalformed(LineEndViolation violation) ->
                discard(Replies.bare(violation), Optional.empty(), Discarding.Then.CLOSE);
            case SessionInput.ContentUnavailable(SessionInput.Shortage shortage, String reason) ->
                discard(Replies.unavailable(shortage), Optional.empty(), Discarding.Then.GO_ON);
            case SessionInput.TimedOut() ->
                Step.close(reception.replies().timedOut(), "time-out").after(new Effect.DropContent());
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed(), new Effect.DropContent());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private Step discard(SmtpReply reply, Optional<BlockReason> blockReason, Discarding.Then then) {
        return Step.to(
                new Discarding(client, greeting, transaction, reply, blockReason, then), new Effect.DropContent());
    }
}
