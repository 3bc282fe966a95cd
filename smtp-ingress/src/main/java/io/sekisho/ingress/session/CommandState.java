package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Command;
import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.reply.SmtpReply;
import io.sekisho.smtp.trace.TransmissionType;
import java.util.List;
import java.util.Optional;

/** A state in which the client may give commands: what all of them answer alike. */
public sealed interface CommandState extends SessionState
        permits Opened, Greeted, Transacting, BetweenChunks, ChunksRefused {

    Client client();

    /** The same state of a client whose conduct was noted. */
    CommandState with(Client client);

    Step mail(Command.Mail mail, Reception reception);

    Step rcpt(Command.Rcpt rcpt, Reception reception);

    Step data(Behind behind, Reception reception);

    Step bdat(Command.Bdat bdat, Reception reception);

    /** RFC 4954 §4: AUTH is given between transactions. */
    default Step auth(Command.Auth auth, Reception reception) {
        return outOfOrder(Replies.AUTH_OUT_OF_ORDER, reception);
    }

    /** RSET: the state without its transaction (RFC 5321 §4.1.1.5). */
    CommandState reset();

    /** Where the session goes on if TLS cannot begin (RFC 3207 §4: 454). */
    default CommandState beforeTls() {
        return this;
    }

    /** The service is going down. */
    Step draining(Reception reception);

    @Override
    default Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.Line(CommandLine line, Behind behind) -> line(line, behind, reception);
            case SessionInput.LineEndless() ->
                Step.close(reception.replies().lineEndless(), "a command line without an end");
            case SessionInput.TimedOut() -> Step.close(reception.replies().timedOut(), "time-out");
            case SessionInput.Draining() -> draining(reception);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private Step line(CommandLine line, Behind behind, Reception reception) {
        return switch (line) {
            case CommandLine.Text(String text) -> admit(reception.parser().parse(text), behind, reception);
            case CommandLine.TooLong(long octets) -> error(Replies.LINE_TOO_LONG, reception);
            case CommandLine.Malformed(CommandLine.Violation violation) ->
                error(Replies.malformed(violation), reception);
        };
    }

    // RFC 3207 §4, RFC 6409 §3.3: where users log in, nothing but what leads to TLS is taken in plain text.
    private Step admit(Command command, Behind behind, Reception reception) {
        if (!reception.isForUsers() || client().tls().isTls()) {
            return command(command, behind, reception);
        }
        return switch (command) {
            case Command.Auth auth -> error(Replies.LOGIN_NEEDS_TLS, reception);
            case Command.Mail mail -> error(Replies.TLS_FIRST, reception);
            case Command.Rcpt rcpt -> error(Replies.TLS_FIRST, reception);
            case Command.Data data ->
                behind == Behind.OCTETS
                        ? Step.close(Replies.TLS_FIRST, "octets behind a refused DATA")
                        : error(Replies.TLS_FIRST, reception);
            case Command.Bdat bdat -> Step.to(new SkippingChunk(bdat.chunk(), error(Replies.TLS_FIRST, reception)));
            default -> command(command, behind, reception);
        };
    }

    private Step command(Command command, Behind behind, Reception reception) {
        return switch (command) {
            case Command.Ehlo(String name) ->
                greet(new Greeting(TransmissionType.Greeting.EHLO, name), reception.ehloReply(client()), reception);
            case Command.Helo(String name) ->
                greet(
                        new Greeting(TransmissionType.Greeting.HELO, name),
                        reception.replies().helo(),
                        reception);
            case Command.StartTls() -> startTls(behind, reception);
            case Command.Mail mail -> mail(mail, reception);
            case Command.Rcpt rcpt -> rcpt(rcpt, reception);
            case Command.Data() -> data(behind, reception);
            case Command.Bdat bdat -> bdat(bdat, reception);
            case Command.Auth auth -> auth(auth, reception);
            case Command.Rset() -> reset().idle(Replies.OK, reception);
            case Command.Noop() -> idle(Replies.OK, reception);
            case Command.Vrfy(String user) -> idle(Replies.CANNOT_VRFY, reception);
            case Command.Quit() -> Step.close(reception.replies().bye(), "QUIT");
            case Command.Unknown(String verb) -> unknown(verb, reception);
            // Nobody knows how many octets follow, and read as commands they would let the author of a message speak to
            // us in the client's name.
            case Command.SyntaxError wrong
            when wrong.verb().equals("BDAT") -> Step.close(Replies.syntaxError(wrong), "BDAT without a size");
            case Command.SyntaxError wrong -> error(Replies.syntaxError(wrong), reception);
        };
    }

    private Step unknown(String verb, Reception reception) {
        return switch (verb) {
            case "HELP" -> idle(Replies.HELP, reception);
            // RFC 5321 §4.2.4: 502 for what is known, but not offered.
            case "AUTH", "EXPN", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML" ->
                error(Replies.notImplemented(verb), reception);
            default -> error(Replies.UNKNOWN_COMMAND, reception);
        };
    }

    private Step greet(Greeting greeting, SmtpReply reply, Reception reception) {
        // RFC 5321 §4.1.4: a later EHLO clears everything, as RSET does.
        return new Greeted(client(), greeting).idle(reply, reception);
    }

    private Step startTls(Behind behind, Reception reception) {
        if (client().tls().isTls()) {
            // RFC 3207 §4.2: not offered again after the handshake.
            return error(Replies.TLS_ALREADY, reception);
        }
        if (behind == Behind.OCTETS) {
            // CVE-2011-0411: what was sent in clear behind STARTTLS must not be taken for what came through TLS. The
            // client must wait for 220 (RFC 3207 §4), so somebody else wrote it.
            return Step.close(Replies.OCTETS_BEHIND_STARTTLS, "octets behind STARTTLS")
                    .after(new Effect.Tell(List.of(SessionEvents.handshakeFailed(
                            client(),
                            reception.now(),
                            "octets in plain text followed STARTTLS before the handshake"))));
        }
        if (reception.startTls() instanceof StartTlsOffer.ToAllBut offer && !offer.isFor(client().address())) {
            return error(Replies.notImplemented("STARTTLS"), reception);
        }
        return Step.to(new Handshaking(client(), beforeTls()), new Effect.StartTls(Optional.of(Replies.READY_FOR_TLS)));
    }

    /** A command that was right, but brings no mail forward. */
    default Step idle(SmtpReply reply, Reception reception) {
        return counted(client().conduct().idled(), reply, reception);
    }

    /** A command that was wrong. */
    default Step error(SmtpReply reply, Reception reception) {
        return counted(client().conduct().erred(), reply, reception);
    }

    /** RFC 5321 §4.1.4: a command at the wrong time. */
    default Step outOfOrder(SmtpReply reply, Reception reception) {
        return error(reply, reception);
    }

    private Step counted(Conduct conduct, SmtpReply reply, Reception reception) {
        if (conduct.errors() >= reception.limits().errors()) {
            return Step.close(reception.replies().tooManyErrors(), "too many errors")
                    .after(new Effect.Reply(reply));
        }
        return Step.reply(with(client().with(conduct)), reply);
    }
}
