package io.sekisho.ingress.session;

import io.sekisho.ingress.limit.ClientLimits.Answer;
import io.sekisho.smtp.command.Command;

/** Between transactions. */
public record Greeted(Client client, Greeting greeting) implements CommandState {

    @Override
    public Greeted with(Client newClient) {
        return new Greeted(newClient, greeting);
    }

    @Override
    public Greeted reset() {
        return this;
    }

    @Override
    public Step mail(Command.Mail mail, Reception reception) {
        if (client.origin() == Client.Origin.BALANCER) {
            return idle(Replies.CLIENT_UNNAMED, reception);
        }
        if (reception.isForUsers() && client.user().isEmpty()) {
            return error(Replies.LOGIN_FIRST, reception);
        }
        // RFC 1870 §6.1: a message that is said to be too large is refused here.
        if (mail.parameters().size().orElse(0) > reception.limits().messageOctets()) {
            return idle(reception.replies().tooLarge(), reception);
        }
        if (reception.clients().message(client.address()) == Answer.BEYOND) {
            return idle(Replies.tooManyMessages(client.address()), reception);
        }
        Transaction transaction = Transaction.begin(reception.now(), mail.reversePath(), mail.parameters());
        return Step.reply(new Transacting(client, greeting, transaction), Replies.SENDER_OK);
    }

    // With PIPELINING these follow a refused MAIL at once (RFC 2920 §3.1): no error of the client.
    @Override
    public Step rcpt(Command.Rcpt rcpt, Reception reception) {
        return idle(Replies.MAIL_FIRST, reception);
    }

    @Override
    public Step data(Behind behind, Reception reception) {
        return behind == Behind.OCTETS
                ? Step.close(Replies.MAIL_FIRST, "octets behind a refused DATA")
                : idle(Replies.MAIL_FIRST, reception);
    }

    @Override
    public Step bdat(Command.Bdat bdat, Reception reception) {
        return Step.to(new SkippingChunk(bdat.chunk(), idle(Replies.MAIL_FIRST, reception)));
    }

    @Override
    public Step auth(Command.Auth auth, Reception reception) {
        if (client.user().isPresent()) {
            // RFC 4954 §4: once in a session.
            return error(Replies.LOGGED_IN_ALREADY, reception);
        }
        return Authenticating.begin(this, auth.mechanism(), auth.initialResponse(), reception);
    }

    @Override
    public Step draining(Reception reception) {
        return Step.close(reception.replies().shuttingDown(), "shutdown");
    }
}
