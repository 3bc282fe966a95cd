package io.sekisho.ingress.session;

import io.sekisho.smtp.reply.SmtpReply;
import java.util.ArrayList;
import java.util.List;

/** The outcome of an input: where the session is now, and what is to be done. */
public record Step(SessionState next, List<Effect> effects) {

    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(SessionState next, Effect... effects) {
        return new Step(next, List.of(effects));
    }

    static Step reply(SessionState next, SmtpReply reply) {
        return to(next, new Effect.Reply(reply));
    }

    /** The end of a session. */
    static Step close(SmtpReply last, String reason) {
        return to(new Closed(), new Effect.Reply(last), new Effect.Close(reason));
    }

    /** The end of a session without a word. */
    static Step drop(String reason) {
        return to(new Closed(), new Effect.Close(reason));
    }

    /** These effects, before those of this step. */
    Step after(Effect... first) {
        List<Effect> all = new ArrayList<>(List.of(first));
        all.addAll(effects);
        return new Step(next, all);
    }
}
