package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/**
 * A state of the client's side of an SMTP session.
 *
 * <pre>
 *  AwaitingGreeting ─▶ AwaitingEhlo ─────────────────▶ (judged: met) ─▶ AwaitingMail ─▶ AwaitingRcpt ─▶ AwaitingData
 *                       │   ▲   │  5yz                  ▲       │ unmet       each with one reply,         │ 354
 *              offered  │   │   └──▶ AwaitingHelo ──────┘       │             commands in one group        ▼
 *                       ▼   │ secured                           │             where PIPELINING is    SendingContent
 *              AwaitingStartTls ─▶ ShakingHands                 │                                          │ dot
 *                                                               ▼                                          ▼
 *                                         any state ─▶ AwaitingGoodbye ◀───────────── AtRest ◀────  AwaitingVerdict
 *                                            └─▶ Closed ◀┘                             │  ▲
 *                                                          (judged anew) ─▶ AwaitingMail  └─ AwaitingReset ◀─ refused
 * </pre>
 *
 * Each record holds what it needs and knows its own edges. Mail is named to a host only by {@link Admission}, which has
 * judged the session before.
 *
 * <p>Thread safety: immutable.
 */
sealed interface ClientState
        permits AwaitingGreeting,
                AwaitingEhlo,
                AwaitingHelo,
                AwaitingStartTls,
                ShakingHands,
                AwaitingMail,
                AwaitingRcpt,
                AwaitingData,
                SendingContent,
                AwaitingVerdict,
                AwaitingEmptyEnd,
                AwaitingReset,
                AtRest,
                AwaitingGoodbye,
                Closed {

    /** What it waits for, and how long. */
    Wait waitsFor();

    /** A whole reply came. */
    Transition replied(SmtpReply reply);

    /** The session cannot go on. */
    Transition interrupted(Input.Interruption interruption);

    /** The edge for any input; one that cannot come in this state is a bug of the connection. */
    default Transition on(Input input) {
        return switch (input) {
            case Input.Replied(SmtpReply reply) -> replied(reply);
            case Input.Interruption interruption -> interrupted(interruption);
            default -> throw new IllegalStateException(input + " cannot come in " + this);
        };
    }
}
