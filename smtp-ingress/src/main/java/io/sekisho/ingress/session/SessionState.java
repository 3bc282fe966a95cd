package io.sekisho.ingress.session;

/**
 * A state of an SMTP session. Each owns its data and knows its legal transitions; what arrives out of order is answered
 * with 503 and changes nothing (RFC 5321 §4.1.4).
 *
 * <pre>
 *                 EHLO, HELO               MAIL 250                  DATA                    354
 *  ─▶ Opened ────────────────▶ Greeted ───────────────▶ Transacting ──────▶ Preparing ─────────────▶ Receiving
 *       ▲                      ▲ ▲ ▲ ▲  ◀─────────────── ▲   │ RCPT: not taken  │ 451                  │    │
 *       │ TLS established      │ │ │ │    RSET, EHLO     │   ▼                  │        too large,   │    │ CRLF.CRLF
 *  Handshaking                 │ │ │ │                  Refusing               │        CR or LF bare ▼    │
 *       ▲                      │ │ │ └──────────────────────────────────────────┘              Discarding   │
 *       │ STARTTLS             │ │ │        event written: reply                                    │      │
 *  Opened, Greeted,            │ │ └─────────────────────────────────── Refusing ◀──────────────────┘      │
 *  Transacting                 │ │                                         ▲  too many hops                │
 *                              │ │                                         └───────────────────────────────┤
 *                              │ └─ 250: queued ── Storing ◀───────────────────────────────────────────────┘
 *                              └─── 451 ──────────────┘
 *
 *                 BDAT                                  250: the chunk is whole
 *  Transacting ──────────▶ PreparingChunk ─▶ ReceivingChunk ──────────────────────▶ BetweenChunks
 *    │ no recipient           │ 451            │     │    ▲            BDAT              │  │ RSET, EHLO, STARTTLS
 *    ▼                        ▼   refused      │     │    └──────────────────────────────┘  └──▶ Greeted
 *  SkippingChunk        DiscardingChunk ◀──────┘     │ LAST: as CRLF.CRLF
 *    ▲ 503, then back         │                      ▼
 *    │ (also from Opened,     ▼ LAST: Greeted    Storing
 *    └─ Greeted)        ChunksRefused: every BDAT is skipped and answered alike, up to LAST
 *
 *  Transacting ◀──▶ CheckingSender: once in a transaction, for mail of strangers
 *  Greeted ─ AUTH ─▶ Authenticating ─ 235, 535, 501 ─▶ Greeted: on listeners for users
 *  ─▶ Securing ─ TLS established: banner ─▶ Opened: where TLS comes first
 *
 *  from everywhere: QUIT, time-out, too many errors, a client that is gone ─▶ Closed
 * </pre>
 */
public sealed interface SessionState
        permits CommandState,
                CheckingSender,
                Refusing,
                Preparing,
                PreparingChunk,
                Receiving,
                Discarding,
                ReadingChunk,
                Storing,
                Handshaking,
                Securing,
                Authenticating,
                Closed {

    /**
     * What follows from an input.
     *
     * @throws IllegalStateException if the input answers an effect that this state did not ask for: a bug of the caller
     */
    Step on(SessionInput input, Reception reception);

    /** The bug that an input cannot be an answer to anything this state asked for. */
    static IllegalStateException unexpected(SessionState state, SessionInput input) {
        return new IllegalStateException(
                "a session that is " + state.getClass().getSimpleName() + " was told " + input);
    }
}
