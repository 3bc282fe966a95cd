package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;

/** Nothing is under way; the host would take another message. For that the session is judged anew. */
record AtRest(Talk talk, EhloResponse offers) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("another message", Wait.Limit.IDLE);
    }

    @Override
    public Transition on(Input input) {
        return switch (input) {
            case Input.Next(Errand errand, var now) -> Admission.of(talk.next(errand, now), offers);
            case Input.Farewell farewell -> goodbye();
            default -> ClientState.super.on(input);
        };
    }

    @Override
    public Transition replied(SmtpReply reply) {
        throw new IllegalStateException("bytes at rest are not read as replies");
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        // A host that says something now takes its leave (421), or cannot be followed.
        return interruption instanceof Input.Interruption.TimedOut
                ? goodbye()
                : Transition.to(new Closed(), new Effect.Close());
    }

    private static Transition goodbye() {
        return Transition.to(new AwaitingGoodbye(), new Effect.Send("QUIT\r\n"));
    }
}
