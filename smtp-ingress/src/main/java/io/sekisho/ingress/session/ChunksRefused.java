package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Command;
import io.sekisho.smtp.reply.SmtpReply;

/**
 * A chunk was refused and the message with it; what a pipelining client has sent behind it is read and answered alike
 * (RFC 3030 §2), so that the reply to its last chunk says what became of the message.
 *
 * @param reply to the chunk that was refused
 */
public record ChunksRefused(Client client, Greeting greeting, SmtpReply reply) implements CommandState {

    /** Where the session goes on behind a refused chunk. */
    static CommandState behind(DiscardingChunk refused) {
        return refused.chunk().isLast()
                ? new Greeted(refused.client(), refused.greeting())
                : new ChunksRefused(refused.client(), refused.greeting(), refused.reply());
    }

    @Override
    public ChunksRefused with(Client newClient) {
        return new ChunksRefused(newClient, greeting, reply);
    }

    @Override
    public Greeted reset() {
        return new Greeted(client, greeting);
    }

    // The transaction has failed, and some clients begin the next one without RSET.
    @Override
    public Step mail(Command.Mail mail, Reception reception) {
        return reset().mail(mail, reception);
    }

    @Override
    public Step rcpt(Command.Rcpt rcpt, Reception reception) {
        return reset().rcpt(rcpt, reception);
    }

    @Override
    public Step data(Behind behind, Reception reception) {
        return reset().data(behind, reception);
    }

    @Override
    public Step bdat(Command.Bdat bdat, Reception reception) {
        CommandState next = bdat.chunk().isLast() ? reset() : this;
        return Step.to(new SkippingChunk(bdat.chunk(), next.idle(reply, reception)));
    }

    @Override
    public Step draining(Reception reception) {
        return reset().draining(reception);
    }
}
