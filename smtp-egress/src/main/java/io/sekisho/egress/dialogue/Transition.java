package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.ArrayList;
import java.util.List;

/** An edge: the next state, and what is done on the way. */
record Transition(ClientState next, List<Effect> effects) {

    Transition {
        effects = List.copyOf(effects);
    }

    static Transition to(ClientState next, Effect... effects) {
        return new Transition(next, List.of(effects));
    }

    /** Ends the session in order: the outcome is told, then QUIT. */
    static Transition goodbye(SessionResult result) {
        return to(new AwaitingGoodbye(), new Effect.Report(result), new Effect.Send("QUIT\r\n"));
    }

    /** Ends the session where there is nobody to take leave of, or nothing may follow what was sent. */
    static Transition close(SessionResult result) {
        return to(new Closed(), new Effect.Report(result), new Effect.Close());
    }

    /**
     * The errand is done, and the host waits for MAIL. Whoever owns the connection keeps it, or takes leave; before the
     * result is known, so that whoever waits for that finds the connection.
     *
     * @param result of the errand
     */
    static Transition rest(Talk talk, EhloResponse offers, SessionResult result) {
        return to(new AtRest(talk, offers), new Effect.Rest(), new Effect.Report(result));
    }

    /**
     * The errand came to nothing, and something of its transaction may stand in the host's buffers (RFC 5321 §4.1.1.5).
     *
     * @param reply that decided it
     */
    static Transition reset(SmtpReply reply, Transaction transaction, SessionResult result) {
        return reply.code() == 421
                ? close(result)
                : to(
                        new AwaitingReset(transaction.talk(), transaction.offers()),
                        new Effect.Report(result),
                        new Effect.Send("RSET\r\n"));
    }

    /** As {@link #goodbye}, unless the reply said that the host closes (RFC 5321 §3.8). */
    static Transition after(SmtpReply reply, SessionResult result) {
        return reply.code() == 421 ? close(result) : goodbye(result);
    }

    /** Whether this asks something of the host, so that all it said before must have been read. */
    boolean asks() {
        return effects.stream()
                .anyMatch(effect -> effect instanceof Effect.Send
                        || effect instanceof Effect.StartTls
                        || effect instanceof Effect.SendContent);
    }

    /** Whether the connection is to be used again, so that nothing may be left on it. */
    boolean goesOn() {
        return next instanceof AwaitingReset;
    }

    /** Ends here instead; what was to be reported still is. */
    Transition cutShort() {
        List<Effect> left = new ArrayList<>(
                effects.stream().filter(Effect.Report.class::isInstance).toList());
        left.add(new Effect.Close());
        return new Transition(new Closed(), left);
    }

    boolean reports() {
        return effects.stream().anyMatch(Effect.Report.class::isInstance);
    }
}
