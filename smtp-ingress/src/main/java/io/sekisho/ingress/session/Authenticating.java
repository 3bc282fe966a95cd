package io.sekisho.ingress.session;

import io.sekisho.ingress.limit.ClientLimits.Answer;
import io.sekisho.ingress.submission.LoginExchange;
import io.sekisho.ingress.submission.SubmissionUsers.Login;
import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.Optional;

/** AUTH was given; the client's next line answers a challenge and is no command (RFC 4954 §4). */
public record Authenticating(Client client, Greeting greeting, LoginExchange exchange) implements SessionState {

    /** Where AUTH leads. */
    static Step begin(Greeted from, String mechanism, Optional<String> initialResponse, Reception reception) {
        if (reception.clients().login(from.client().address()) == Answer.BEYOND) {
            return limited(from, "", reception);
        }
        return LoginExchange.begin(mechanism, initialResponse)
                .map(turn -> follow(from, turn, reception))
                .orElseGet(() -> from.error(Replies.MECHANISM_UNKNOWN, reception));
    }

    @Override
    public Step on(SessionInput input, Reception reception) {
        Greeted before = new Greeted(client, greeting);
        return switch (input) {
            case SessionInput.Line(CommandLine.Text(String text), Behind behind) ->
                text.equals("*")
                        ? before.error(Replies.LOGIN_CANCELLED, reception)
                        : follow(before, exchange.respond(text), reception);
            case SessionInput.Line line -> before.error(Replies.LOGIN_LINE_MALFORMED, reception);
            case SessionInput.LineEndless() ->
                Step.close(reception.replies().lineEndless(), "a response without an end");
            case SessionInput.TimedOut() -> Step.close(reception.replies().timedOut(), "time-out");
            case SessionInput.Draining() -> Step.close(reception.replies().shuttingDown(), "shutdown");
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private static Step limited(Greeted before, String user, Reception reception) {
        return before.idle(Replies.TOO_MANY_FAILED_LOGINS, reception)
                .after(new Effect.NoteLogin(user, Effect.LoginResult.LIMITED));
    }

    private static Step follow(Greeted before, LoginExchange.Turn turn, Reception reception) {
        return switch (turn) {
            case LoginExchange.Turn.Challenge(String text, LoginExchange next) ->
                Step.reply(new Authenticating(before.client(), before.greeting(), next), SmtpReply.of(334, text));
            case LoginExchange.Turn.Malformed(String why) -> before.error(Replies.loginMalformed(why), reception);
            case LoginExchange.Turn.Given given -> {
                String name = given.credentials().user();
                // Again, since other connections may have failed meanwhile: many at once must not win many guesses.
                if (reception.clients().login(before.client().address()) == Answer.BEYOND) {
                    yield limited(before, name, reception);
                }
                yield switch (reception.users().login(given.credentials())) {
                    case Login.Admitted(var user) ->
                        Step.reply(new Greeted(before.client().loggedIn(user), before.greeting()), Replies.LOGGED_IN)
                                .after(new Effect.NoteLogin(name, Effect.LoginResult.ADMITTED));
                    case Login.Refused() -> {
                        reception.clients().loginFailed(before.client().address());
                        yield before.error(Replies.LOGIN_REFUSED, reception)
                                .after(new Effect.NoteLogin(name, Effect.LoginResult.REFUSED));
                    }
                    // RFC 4954 §6: 454 4.7.0, the client tries again later with the same credentials.
                    case Login.Undetermined(String reason) ->
                        before.idle(Replies.LOGIN_UNDETERMINED, reception)
                                .after(new Effect.NoteLogin(name, Effect.LoginResult.UNDETERMINED));
                };
            }
        };
    }
}
