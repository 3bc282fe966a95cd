package io.sekisho.ingress.session;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.smtp.command.Command;
import java.util.Optional;

/**
 * A part of the message is here, and more of it is to come by BDAT. Whatever ends the transaction forgets that part.
 *
 * @param receivedOctets length of our own Received field, already part of the content
 * @param octets of content so far
 */
public record BetweenChunks(Client client, Greeting greeting, Transaction transaction, int receivedOctets, long octets)
        implements CommandState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        Step step = input instanceof SessionInput.ContentUnavailable(SessionInput.Shortage shortage, String reason)
                ? Step.to(new ChunksRefused(client, greeting, Replies.unavailable(shortage)))
                : CommandState.super.on(input, reception);
        boolean keepsContent = step.next() instanceof BetweenChunks || step.next() instanceof ReceivingChunk;
        return keepsContent ? step : step.after(new Effect.DropContent());
    }

    @Override
    public BetweenChunks with(Client newClient) {
        return new BetweenChunks(newClient, greeting, transaction, receivedOctets, octets);
    }

    @Override
    public Greeted reset() {
        return new Greeted(client, greeting);
    }

    // The handshake may not begin, and then there is no content to go on with.
    @Override
    public Greeted beforeTls() {
        return reset();
    }

    @Override
    public Step mail(Command.Mail mail, Reception reception) {
        return error(Replies.NESTED_MAIL, reception);
    }

    @Override
    public Step rcpt(Command.Rcpt rcpt, Reception reception) {
        return error(Replies.CONTENT_HAS_BEGUN, reception);
    }

    @Override
    public Step data(Behind behind, Reception reception) {
        // RFC 3030 §2: never both in one transaction.
        return behind == Behind.OCTETS
                ? Step.close(Replies.CONTENT_HAS_BEGUN, "octets behind a refused DATA")
                : error(Replies.CONTENT_HAS_BEGUN, reception);
    }

    @Override
    public Step bdat(Command.Bdat bdat, Reception reception) {
        if (bdat.chunk().octets() > reception.limits().messageOctets() - octets) {
            // RFC 1870 §6.3.
            return Step.to(new DiscardingChunk(
                    client,
                    greeting,
                    transaction,
                    bdat.chunk(),
                    reception.replies().tooLarge(),
                    Optional.of(BlockReason.MESSAGE_TOO_LARGE)));
        }
        Client counted = bdat.chunk().octets() == 0 && !bdat.chunk().isLast()
                ? client.with(client.conduct().idled())
                : client;
        return counted.conduct().errors() >= reception.limits().errors()
                ? Step.close(reception.replies().tooManyErrors(), "too many errors")
                : Step.to(new ReceivingChunk(counted, greeting, transaction, receivedOctets, bdat.chunk()));
    }

    @Override
    public Step draining(Reception reception) {
        return Step.to(this);
    }
}
