package io.sekisho.testkit.peer;

/** How a peer deals with STARTTLS. */
public enum StartTlsBehaviour {
    /** Offers it and does it. */
    OFFERED,
    /** Offers it and takes nothing but EHLO, STARTTLS, NOOP and QUIT before: 530 (RFC 3207 §4). */
    REQUIRED,
    NOT_OFFERED,
    /** Offers it and answers 454 (RFC 3207 §4). */
    REFUSED,
    /** Answers 220, then sends no TLS but garbage. */
    GARBAGE,
    /** Answers 220, reads the ClientHello, then closes. */
    CLOSED,
    /** Answers 220, then says nothing more. */
    STALLED,
    /** Sends a second, plain reply in the same segment as its 220 (the client side of CVE-2011-0411), then TLS. */
    INJECTED
}
