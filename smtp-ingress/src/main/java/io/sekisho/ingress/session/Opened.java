package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Command;

/** Connected, or TLS has just begun: the client has to say EHLO or HELO (RFC 5321 §4.1.1.1, RFC 3207 §4.2). */
public record Opened(Client client) implements CommandState {

    @Override
    public Opened with(Client newClient) {
        return new Opened(newClient);
    }

    @Override
    public Opened reset() {
        return this;
    }

    @Override
    public Step mail(Command.Mail mail, Reception reception) {
        return error(Replies.GREET_FIRST, reception);
    }

    @Override
    public Step rcpt(Command.Rcpt rcpt, Reception reception) {
        return error(Replies.GREET_FIRST, reception);
    }

    @Override
    public Step data(Behind behind, Reception reception) {
        return behind == Behind.OCTETS
                ? Step.close(Replies.GREET_FIRST, "octets behind a refused DATA")
                : error(Replies.GREET_FIRST, reception);
    }

    @Override
    public Step bdat(Command.Bdat bdat, Reception reception) {
        return Step.to(new SkippingChunk(bdat.chunk(), error(Replies.GREET_FIRST, reception)));
    }

    @Override
    public Step auth(Command.Auth auth, Reception reception) {
        return error(Replies.GREET_FIRST, reception);
    }

    @Override
    public Step draining(Reception reception) {
        return Step.close(reception.replies().shuttingDown(), "shutdown");
    }
}
