package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;
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

    boolean reports() {
        return effects.stream().anyMatch(Effect.Report.class::isInstance);
    }
}
